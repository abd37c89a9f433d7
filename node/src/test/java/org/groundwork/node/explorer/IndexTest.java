package org.groundwork.node.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.abi.ContractEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The index says what chain and files say, however it came there, on both databases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final PostgresServer postgres;

  IndexTest(@TempDir Path folder) throws Exception {
    postgres = new PostgresServer(folder);
  }

  /** Which database. */
  enum Kind {
    H2,
    POSTGRESQL
  }

  @AfterAll
  void end() throws Exception {
    postgres.close();
  }

  private DatabaseAddress address(Kind kind) {
    return kind == Kind.POSTGRESQL
        ? postgres.address()
        : new DatabaseAddress("jdbc:h2:mem:index" + NUMBER.incrementAndGet());
  }

  private ExplorerBed bed(Kind kind, ScriptedChain chain) throws IOException {
    ExplorerBed bed = new ExplorerBed(address(kind), chain);
    bed.database.clear();
    return bed;
  }

  /** A network, three devices, two results, the first of them final. */
  private static ScriptedChain start() {
    ScriptedChain chain = new ScriptedChain();
    chain.add(ExplorerBed.network(), ExplorerBed.bought());
    chain.add(ExplorerBed.device(1, "a"), ExplorerBed.device(2, "b"), ExplorerBed.device(200, "c"));
    chain.add(chain.result(0, Map.of(1L, 100L, 2L, 0L)));
    return chain;
  }

  private static void finish(ScriptedChain chain, ContractEvent.ResultAccepted first) {
    chain.add(ExplorerBed.settled(first));
    chain.add(chain.result(1, Map.of(1L, 11L, 200L, 5L)));
  }

  private static ContractEvent.ResultAccepted whole(ScriptedChain chain) {
    chain.add(ExplorerBed.network(), ExplorerBed.bought());
    chain.add(ExplorerBed.device(1, "a"), ExplorerBed.device(2, "b"), ExplorerBed.device(200, "c"));
    ContractEvent.ResultAccepted first = chain.result(0, Map.of(1L, 100L, 2L, 0L));
    chain.add(first);
    finish(chain, first);
    return first;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void showsWhatChainAndFilesSay(Kind kind) throws Exception {
    ScriptedChain chain = new ScriptedChain();
    whole(chain);
    try (ExplorerBed bed = bed(kind, chain)) {
      bed.index();
      JsonNode device = bed.ask("devices/{device}", Map.of("device", "1"));
      assertThat(device.path("paid").asText()).isEqualTo("111");
      assertThat(device.path("accepted").asInt()).isEqualTo(6);
      assertThat(device.path("state").asText()).isEqualTo("paid");
      assertThat(device.path("earnings").path("final").path("service").asText()).isEqualTo("100");
      assertThat(device.path("earnings").path("pending").path("service").asText()).isEqualTo("11");
      assertThat(device.path("earnings").path("vesting").asText()).isEqualTo("14");
      assertThat(device.path("percentile").asInt()).isEqualTo(100);
      assertThat(device.path("epochs")).hasSize(2);
      assertThat(bed.ask("devices/{device}", Map.of("device", "2")).path("state").asText())
          .isEqualTo("silent");
      String owner = ScriptedChain.owner(1).toHex();
      JsonNode account = bed.ask("accounts/{address}", Map.of("address", owner));
      assertThat(account.path("totals").path("final").asText()).isEqualTo("100");
      assertThat(account.path("totals").path("pending").asText()).isEqualTo("11");
      JsonNode overview = bed.ask("overview", Map.of());
      assertThat(overview.path("totals").path("creditsCharged").asText()).isEqualTo("116");
      assertThat(overview.path("totals").path("tokensBurned").asText()).isEqualTo("1000");
      assertThat(overview.path("totals").path("devices").asInt()).isEqualTo(3);
      assertThat(overview.path("now").path("paid").asInt()).isEqualTo(2);
      assertThat(overview.path("final").path("epoch").asInt()).isZero();
      JsonNode payments =
          bed.ask("payments", Map.of("payer", ScriptedChain.PAYER.toHex(), "limit", "2"));
      assertThat(payments.path("items")).hasSize(2);
      JsonNode rest =
          bed.ask(
              "payments",
              Map.of(
                  "payer", ScriptedChain.PAYER.toHex(), "cursor", payments.path("next").asText()));
      assertThat(rest.path("items")).hasSize(1);
      assertThat(rest.path("items").get(0).path("paid").asText()).isEqualTo("100");
      JsonNode cells = bed.ask("cells", Map.of("resolution", "1"));
      assertThat(cells.path("items").get(0).path("registered").asInt()).isEqualTo(3);
      JsonNode inside = bed.ask("cells", Map.of("resolution", "7", "within", "841fb47ffffffff"));
      assertThat(inside.path("items").get(0).path("cell").asText()).isEqualTo("871fb4671ffffff");
      assertThat(bed.ask("devices", Map.of("cell", "821fb7fffffffff", "limit", "2")).path("items"))
          .hasSize(2);
      JsonNode epoch = bed.ask("epochs/{epoch}", Map.of("epoch", "1"));
      assertThat(epoch.path("source").path("moneyRoot")).isEqualTo(epoch.path("moneyRoot"));
      assertThat(epoch.path("reasons")).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void goesOnWhereItWasAndIsTheSameWhenBuiltAgain(Kind kind) throws Exception {
    ScriptedChain chain = new ScriptedChain();
    whole(chain);
    String straight;
    try (ExplorerBed bed = bed(kind, chain)) {
      bed.index();
      straight = bed.dump();
      bed.restart();
      bed.index();
      assertThat(bed.dump()).isEqualTo(straight);
      bed.database.clear();
      bed.restart();
      bed.index();
      assertThat(bed.dump()).isEqualTo(straight);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void waitsForFilesThatCannotBeHadNow(Kind kind) throws Exception {
    ScriptedChain chain = start();
    chain.away = true;
    try (ExplorerBed bed = bed(kind, chain)) {
      assertThatThrownBy(bed::index).hasMessageContaining("nobody answers");
      assertThat(bed.ask("deployment", Map.of()).path("index").path("behindEpochs").asInt())
          .isEqualTo(1);
      chain.away = false;
      bed.index();
      assertThat(paid(bed)).isEqualTo("100");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void goesBackWithTheChain(Kind kind) throws Exception {
    ScriptedChain chain = start();
    try (ExplorerBed bed = bed(kind, chain)) {
      int common = chain.height();
      bed.index();
      String before = bed.dump();
      chain.add(
          ExplorerBed.device(3, "gone"),
          new ContractEvent.DeviceMoved(
              ScriptedChain.owner(1), ScriptedChain.owner(9), new DeviceId(1)),
          new ContractEvent.DeviceStaked(
              new DeviceId(2), ScriptedChain.owner(2), TokenAmount.of(5), TokenAmount.of(5)));
      chain.add(chain.result(1, Map.of(1L, 50L, 3L, 9L)));
      bed.index();
      assertThat(bed.dump()).isNotEqualTo(before);
      chain.goBack(common);
      chain.add();
      bed.index();
      assertThat(bed.dump()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void forgetsResultsThatWereRolledBack(Kind kind) throws Exception {
    ScriptedChain chain = start();
    try (ExplorerBed bed = bed(kind, chain)) {
      ContractEvent.ResultAccepted wrong = chain.result(1, Map.of(1L, 999L));
      chain.add(wrong);
      bed.index();
      assertThat(paid(bed)).isEqualTo("1099");
      chain.add(ExplorerBed.voided(1, wrong));
      bed.index();
      assertThat(paid(bed)).isEqualTo("100");
      chain.add(new ContractEvent.ResultRolledBack(wrong.epoch(), wrong.resultHash()));
      chain.add(chain.result(1, Map.of(1L, 1L)));
      bed.index();
      assertThat(paid(bed)).isEqualTo("101");
    }
  }

  private static String paid(ExplorerBed bed) throws Exception {
    return bed.ask("devices/{device}", Map.of("device", "1")).path("paid").asText();
  }
}
