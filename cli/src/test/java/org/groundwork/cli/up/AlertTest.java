package org.groundwork.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.groundwork.protocol.Credits;
import org.junit.jupiter.api.Test;

class AlertTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final UpSetup.Alerts LIMITS = UpSetup.STANDARD.alerts();
  private static final Vitals.DiskHealth ROOM = new Vitals.DiskHealth(10L << 30, 20L << 30);
  private static final Vitals.ChainHealth CHAIN = new Vitals.ChainHealth(9, 5, 3, 2, 1, "");

  private static Vitals vitals(
      Vitals.PartHealth part,
      Optional<Vitals.ChainHealth> chain,
      Credits left,
      Vitals.ProviderHealth provider,
      Vitals.DiskHealth disk) {
    return new Vitals(
        NOW,
        List.of(part),
        chain,
        Optional.of(new Vitals.CreditsLeft(left, Credits.ZERO, Credits.ZERO)),
        List.of(provider),
        disk);
  }

  private static Vitals.PartHealth part(boolean running, int restarts) {
    return new Vitals.PartHealth("node", running, 1, NOW, restarts, "ended", 0, List.of());
  }

  private static Vitals.ProviderHealth provider(long missed, long flawed, long faulty) {
    return new Vitals.ProviderHealth("provider-1", true, missed, flawed, faulty, List.of());
  }

  private static Credits dollars(long dollars) {
    return new Credits(BigInteger.TEN.pow(Credits.DECIMALS).multiply(BigInteger.valueOf(dollars)));
  }

  private static List<String> codes(Vitals vitals) {
    return Alert.of(vitals, LIMITS).stream().map(Alert::code).toList();
  }

  @Test
  void nothingIsSaidOfAMachineThatIsWell() {
    assertThat(
            codes(vitals(part(true, 4), Optional.of(CHAIN), dollars(1), provider(0, 0, 0), ROOM)))
        .isEmpty();
  }

  @Test
  void whatCostsMoneyIsSaid() {
    assertThat(
            codes(
                vitals(
                    part(false, 5),
                    Optional.of(new Vitals.ChainHealth(9, 9, 5, 2, 3, "too old")),
                    Credits.ZERO,
                    provider(1, 0, 0),
                    new Vitals.DiskHealth(1 << 20, 20L << 30))))
        .containsExactly(
            Alert.DISK,
            Alert.LOW_CREDITS,
            Alert.MISSED_PROOFS,
            Alert.PART_DOWN,
            Alert.PART_RESTARTS,
            Alert.PRICE_DORMANT,
            Alert.BEHIND);
    assertThat(codes(vitals(part(true, 0), Optional.empty(), dollars(1), provider(0, 0, 1), ROOM)))
        .containsExactly(Alert.CHAIN_SILENT, Alert.MISSED_PROOFS);
  }

  private static List<Alert> behind(long epochs) {
    return Alert.of(
        vitals(
            part(true, 0),
            Optional.of(new Vitals.ChainHealth(9, 9, 5, 2, epochs, "")),
            dollars(1),
            provider(0, 0, 0),
            ROOM),
        LIMITS);
  }

  @Test
  void anAlertIsSaidOnceWhenItBeginsAndOnceWhenItEnds() throws Exception {
    List<String> said = new ArrayList<>();
    Alarms alarms = new Alarms(said::add);
    alarms.update(behind(3), NOW);
    alarms.update(behind(4), NOW.plusSeconds(5));
    assertThat(said).hasSize(1).first().asString().startsWith("ALERT verifier-behind: 3 closed");
    assertThat(alarms.raised()).singleElement().extracting(Alarms.Raised::since).isEqualTo(NOW);
    alarms.update(List.of(), NOW.plusSeconds(10));
    assertThat(said).hasSize(2).last().asString().startsWith("over: verifier-behind");
    assertThat(alarms.raised()).isEmpty();
    List<ObjectNode> sent = new ArrayList<>();
    alarms.send(sent::add);
    alarms.send(sent::add);
    assertThat(sent)
        .extracting(each -> each.path("state").asText())
        .containsExactly("raised", "over");
  }

  private static List<Alert> missed(long slots) {
    return Alert.of(
        vitals(part(true, 0), Optional.of(CHAIN), dollars(1), provider(slots, 0, 0), ROOM), LIMITS);
  }

  @Test
  void missedProofsThatComeAndGoAreOneAlert() {
    List<String> said = new ArrayList<>();
    Alarms alarms = new Alarms(said::add);
    alarms.update(missed(1), NOW);
    alarms.update(missed(0), NOW.plusSeconds(10));
    assertThat(alarms.raised()).singleElement().extracting(Alarms.Raised::since).isEqualTo(NOW);
    alarms.update(missed(2), NOW.plusSeconds(50));
    alarms.update(missed(0), NOW.plusSeconds(109));
    assertThat(said).hasSize(1);
    alarms.update(missed(0), NOW.plusSeconds(110));
    assertThat(said).hasSize(2).last().asString().startsWith("over: missed-proofs");
    assertThat(alarms.raised()).isEmpty();
  }

  @Test
  void theWebhookGetsWhatWaitedOnceItAnswers() throws Exception {
    List<String> bodies = new CopyOnWriteArrayList<>();
    List<Integer> answers = new CopyOnWriteArrayList<>(List.of(500, 200, 200));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(answers.removeFirst(), -1);
          exchange.close();
        });
    server.start();
    try (Webhook webhook =
        new Webhook(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/s3cret"))) {
      Alarms alarms = new Alarms(_ -> {});
      alarms.update(behind(3), NOW);
      IOException refused = null;
      try {
        alarms.send(webhook);
      } catch (IOException e) {
        refused = e;
      }
      assertThat(refused).isNotNull().hasMessage("the webhook answers with status 500");
      alarms.send(webhook);
      assertThat(bodies).hasSize(2);
      assertThat(bodies.getLast())
          .contains("\"code\":\"verifier-behind\"")
          .contains("\"state\":\"raised\"");
    } finally {
      server.stop(0);
    }
  }
}
