package org.groundwork.settlement.abi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.local.InstalledAnvil;
import org.groundwork.settlement.local.LocalChain;
import org.groundwork.settlement.local.LocalChainSettings;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java's payment rule against Solidity's, as the EVM computes it. */
class PaymentRuleDifferentialTest {
  private static final int SEQUENCES = 10_000;
  private static final int MAX_CHARGES = 6;
  private static final int BATCH = 400;
  private static final AccountId HARNESS =
      AccountId.fromHex("0x00000000000000000000000000000000000000ee");

  /** One charge of a reservation. */
  public record Case(
      Credits credits,
      TokenAmount basis,
      Credits chargedOld,
      Credits chargedNew,
      Price priceHigh,
      BigInteger mBps) {}

  /** Basis consumed and payment of each. */
  public record Evaluated(List<TokenAmount> consumed, List<TokenAmount> payments) {}

  /** The harness's batch function. */
  @Solidity(
      "evaluate((uint256 credits, uint256 basis, uint256 chargedOld, uint256 chargedNew,"
          + " uint256 priceHigh, uint256 mBps)[] cases)"
          + " returns (uint256[] consumed, uint256[] payments)")
  public record Evaluate(List<Case> cases) implements ContractCall<Evaluated> {}

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void javaAndSolidityPayTheSameOverRandomSequences(@TempDir Path folder) throws IOException {
    System.out.println("PaymentRuleDifferentialTest seed " + seed);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < SEQUENCES; i++) {
      addSequence(cases);
    }
    InstalledAnvil.locate();
    Bytes code = harness();
    try (LocalChain chain = LocalChain.start(LocalChainSettings.in(folder), Time.system());
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      for (int from = 0; from < cases.size(); from += BATCH) {
        List<Case> batch = cases.subList(from, Math.min(cases.size(), from + BATCH));
        Evaluated solidity = evaluate(rpc, code, batch);
        assertThat(solidity.consumed()).hasSameSizeAs(batch);
        for (int i = 0; i < batch.size(); i++) {
          Case one = batch.get(i);
          assertThat(consumed(one)).as("consumed of %s", one).isEqualTo(solidity.consumed().get(i));
          assertThat(payment(one)).as("payment of %s", one).isEqualTo(solidity.payments().get(i));
        }
      }
    }
    System.out.println(SEQUENCES + " sequences, " + cases.size() + " charges");
  }

  private static TokenAmount consumed(Case one) {
    return PaymentRule.basisConsumed(one.credits(), one.basis(), one.chargedNew())
        .minus(PaymentRule.basisConsumed(one.credits(), one.basis(), one.chargedOld()));
  }

  private static TokenAmount payment(Case one) {
    return PaymentRule.payment(
        consumed(one),
        one.chargedNew().minus(one.chargedOld()),
        one.priceHigh(),
        new BasisPoints(one.mBps().intValueExact()));
  }

  /** Charges of one reservation, each from where the one before ended; prices change between. */
  private void addSequence(List<Case> cases) {
    BigInteger credits = number(128).max(BigInteger.ONE);
    BigInteger basis = number(128);
    BigInteger share = BigInteger.valueOf(random.nextInt(BasisPoints.WHOLE + 1));
    BigInteger charged = BigInteger.ZERO;
    TokenAmount paid = TokenAmount.ZERO;
    TokenAmount allConsumed = TokenAmount.ZERO;
    int charges = 1 + random.nextInt(MAX_CHARGES);
    for (int i = 0; i < charges; i++) {
      BigInteger next = charged.add(part(credits.subtract(charged)));
      Case one =
          new Case(
              new Credits(credits),
              new TokenAmount(basis),
              new Credits(charged),
              new Credits(next),
              new Price(number(96).max(BigInteger.ONE)),
              share);
      cases.add(one);
      allConsumed = allConsumed.plus(consumed(one));
      paid = paid.plus(payment(one));
      charged = next;
    }
    assertThat(allConsumed.value()).isLessThanOrEqualTo(basis);
    assertThat(paid.value().multiply(BigInteger.valueOf(BasisPoints.WHOLE)))
        .isLessThanOrEqualTo(basis.multiply(BigInteger.valueOf(BasisPoints.WHOLE).subtract(share)));
  }

  /** Any length of number is as likely as any other, and the ends come up often. */
  private BigInteger number(int maxBits) {
    int bits = random.nextInt(maxBits + 1);
    return switch (random.nextInt(8)) {
      case 0 -> BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      case 1 -> BigInteger.ONE.shiftLeft(Math.min(bits, maxBits - 1));
      default -> new BigInteger(bits, random);
    };
  }

  private BigInteger part(BigInteger left) {
    return switch (random.nextInt(6)) {
      case 0 -> left;
      case 1 -> BigInteger.ZERO;
      case 2 -> left.min(BigInteger.ONE);
      default -> number(128).mod(left.add(BigInteger.ONE));
    };
  }

  private static Bytes harness() throws IOException {
    Path artifact =
        InstalledAnvil.project().resolve("contracts/artifacts/test/PaymentRuleHarness.json");
    JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(artifact));
    return Bytes.fromHex(json.required("deployedBytecode").asText());
  }

  /** A call to code that is put at an address for this call alone. */
  private static Evaluated evaluate(JsonRpc rpc, Bytes code, List<Case> batch) throws IOException {
    Evaluate call = new Evaluate(batch);
    JsonNode answer =
        rpc.exchange(
            "eth_call",
            Map.of("to", HARNESS.toHex(), "data", Binding.encode(call).toHex()),
            "latest",
            Map.of(HARNESS.toHex(), Map.of("code", code.toHex())));
    return Binding.decodeResult(call, Bytes.fromHex(answer.asText()));
  }
}
