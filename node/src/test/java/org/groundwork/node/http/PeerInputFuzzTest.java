package org.groundwork.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.wire.BrokenPromise;
import org.groundwork.node.wire.IndexCertificate;
import org.groundwork.node.wire.Json;
import org.groundwork.node.wire.RequestSignature;
import org.groundwork.node.wire.SignedPresence;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.crypto.AccountKey;
import org.junit.jupiter.api.Test;

/** What peers send is read, and written again as it was, or refused; nothing else happens. */
class PeerInputFuzzTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 20_000;
  private static final AccountKey KEY = Reporter.account("verifier");

  @FuzzTest
  void batchesOfReports(byte[] input) {
    checkBatch(input);
  }

  @FuzzTest
  void statements(byte[] input) {
    checkStatement(input);
  }

  @FuzzTest
  void certificates(byte[] input) {
    checkCertificate(input);
  }

  @FuzzTest
  void signaturesOfRequests(byte[] input) {
    checkRequestSignature(input);
  }

  @FuzzTest
  void wordsOfVerifiers(byte[] input) {
    checkPresence(input);
    checkBrokenPromise(input);
  }

  @Test
  void mutatedWordsOfVerifiers() {
    EpochNumber epoch = new EpochNumber(4);
    SignedPresence presence = SignedPresence.sign(Reporter.DOMAIN, epoch, KEY);
    mutate(Json.encode(presence.toJson()).toArray(), PeerInputFuzzTest::checkPresence);
    BrokenPromise broken =
        BrokenPromise.sign(Reporter.DOMAIN, epoch, KEY.account(), Hash.ZERO, KEY);
    mutate(Json.encode(broken.toJson()).toArray(), PeerInputFuzzTest::checkBrokenPromise);
  }

  @Test
  void mutatedBatches() {
    Reporter reporter = new Reporter(1);
    EpochNumber epoch = new EpochNumber(3);
    Bytes batch =
        ReportBatch.encode(
            List.of(reporter.report(epoch), reporter.report(epoch, 1), reporter.report(epoch)));
    mutate(batch.toArray(), PeerInputFuzzTest::checkBatch);
  }

  @Test
  void mutatedStatements() {
    SignedStatement statement = SignedStatement.sign(statement(), Reporter.DOMAIN, KEY);
    mutate(Json.encode(statement.toJson()).toArray(), PeerInputFuzzTest::checkStatement);
  }

  @Test
  void mutatedCertificates() {
    IndexCertificate certificate =
        IndexCertificate.sign(Reporter.DOMAIN, new EpochNumber(4), KEY.account(), Hash.ZERO, KEY);
    mutate(Json.encode(certificate.toJson()).toArray(), PeerInputFuzzTest::checkCertificate);
  }

  @Test
  void mutatedSignaturesOfRequests() {
    String headers = String.join("|", KEY.account().toHex(), "1700000000", "0x" + "ab".repeat(65));
    mutate(headers.getBytes(StandardCharsets.US_ASCII), PeerInputFuzzTest::checkRequestSignature);
  }

  @Test
  void goodOnesAreReadAsTheyWereWritten() throws Malformed {
    SignedStatement statement = SignedStatement.sign(statement(), Reporter.DOMAIN, KEY);
    SignedStatement read = SignedStatement.fromJson(Json.decode(Json.encode(statement.toJson())));
    assertThat(read).isEqualTo(statement);
    assertThat(read.isGenuine(Reporter.DOMAIN)).isTrue();
  }

  private static EpochStatement statement() {
    return new EpochStatement(
        Reporter.DOMAIN.deployment(),
        new EpochNumber(4),
        0,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        List.of(
            new Total(MoneyKind.PAYMENT, Reporter.NETWORK, java.math.BigInteger.TEN),
            new Total(MoneyKind.CHARGE, Reporter.NETWORK, java.math.BigInteger.TWO)));
  }

  private static void checkBatch(byte[] input) {
    try {
      assertThat(ReportBatch.encode(ReportBatch.decode(Bytes.of(input))))
          .isEqualTo(Bytes.of(input));
    } catch (ReportBatch.Unreadable refused) {
      assertThat(refused.refusal().code()).startsWith("refused.");
    }
  }

  private static void checkStatement(byte[] input) {
    try {
      SignedStatement read = SignedStatement.fromJson(Json.decode(Bytes.of(input)));
      assertThat(SignedStatement.fromJson(Json.decode(Json.encode(read.toJson())))).isEqualTo(read);
      assertThat(read.isGenuine(Reporter.DOMAIN)).isIn(true, false);
    } catch (Malformed refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  private static void checkCertificate(byte[] input) {
    try {
      IndexCertificate read = IndexCertificate.fromJson(Json.decode(Bytes.of(input)));
      assertThat(IndexCertificate.fromJson(Json.decode(Json.encode(read.toJson()))))
          .isEqualTo(read);
      assertThat(read.isGenuine(Reporter.DOMAIN)).isIn(true, false);
    } catch (Malformed refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  private static void checkPresence(byte[] input) {
    try {
      SignedPresence read = SignedPresence.fromJson(Json.decode(Bytes.of(input)));
      assertThat(SignedPresence.fromJson(Json.decode(Json.encode(read.toJson())))).isEqualTo(read);
      assertThat(read.isGenuine(Reporter.DOMAIN)).isIn(true, false);
    } catch (Malformed refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  private static void checkBrokenPromise(byte[] input) {
    try {
      BrokenPromise read = BrokenPromise.fromJson(Json.decode(Bytes.of(input)));
      assertThat(BrokenPromise.fromJson(Json.decode(Json.encode(read.toJson())))).isEqualTo(read);
      assertThat(read.isGenuine(Reporter.DOMAIN)).isIn(true, false);
    } catch (Malformed refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  private static void checkRequestSignature(byte[] input) {
    String[] headers = new String(input, StandardCharsets.ISO_8859_1).split("\\|", -1);
    if (headers.length == 3) {
      RequestSignature.of(headers[0], headers[1], headers[2])
          .ifPresent(read ->
              assertThat(
                      RequestSignature.of(
                          read.account().toHex(), "" + read.time(), read.signature().toHex()))
                  .contains(read));
    }
  }

  private static void mutate(byte[] good, Consumer<byte[]> check) {
    Random random = new Random(SEED);
    check.accept(good);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutated = good.clone();
      for (int edit = random.nextInt(4); edit >= 0; edit--) {
        mutated = edit(mutated, random);
      }
      check.accept(mutated);
    }
  }

  private static byte[] edit(byte[] content, Random random) {
    if (content.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(content.length);
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(content, at);
      case 1 -> {
        byte[] longer = Arrays.copyOf(content, content.length + 1);
        System.arraycopy(content, at, longer, at + 1, content.length - at);
        longer[at] = (byte) random.nextInt();
        yield longer;
      }
      case 2 -> {
        content[at] = (byte) random.nextInt();
        yield content;
      }
      default -> {
        content[at] ^= (byte) (1 << random.nextInt(8));
        yield content;
      }
    };
  }
}
