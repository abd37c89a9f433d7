package org.groundwork.networks.sensing.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.networks.sensing.wire.Trust;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.rules.Device;
import org.groundwork.rules.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The second version of the rules: who holds a device's key, and what products cost. */
class TrustTest {
  private final Fleet fleet = Fleet.bought(Fleet.WEIGHED, 2).honest(Fleet.HOME, 2, 3);

  private static String code(Verdict verdict) {
    return verdict instanceof Verdict.Rejected rejected ? rejected.reason().code() : "accepted";
  }

  private String shown(Bytes payload) {
    fleet.send(2, 1, payload);
    Fleet.Outcome outcome = fleet.run();
    return code(outcome.of(2).verdicts().getFirst());
  }

  @Tag("A5")
  @Test
  void aDeviceWithoutACertificateWeighsWhatTheDefinitionSays() {
    fleet.send(1, 1, Fleet.certificate(Fleet.MAKER, Fleet.KEY));
    Fleet.Outcome outcome = fleet.run();
    assertThat(outcome.weight(1)).isEqualTo(10_000);
    assertThat(outcome.weight(2)).isEqualTo(5_000);
    assertThat(outcome.of(1).capacity()).isEqualTo(BigInteger.valueOf(10_000));
    assertThat(outcome.of(2).capacity()).isEqualTo(BigInteger.valueOf(5_000));
    assertThat(outcome.faults(1)).isEmpty();
    assertThat(outcome.faults(2)).containsExactly("sensing.uncertified");
  }

  @Test
  void aCertificateIsRememberedUntilTheKeyChanges() {
    fleet.send(1, 1, Fleet.certificate(Fleet.MAKER, Fleet.KEY));
    assertThat(fleet.run(3).weight(1)).isEqualTo(10_000);
    PublicKey other = Fleet.deviceKey("new").publicKey();
    fleet.devices.computeIfPresent(
        1L,
        (_, device) ->
            new Device(device.id(), device.network(), device.owner(), other, device.cell()));
    assertThat(fleet.run().weight(1)).isEqualTo(5_000);
  }

  @Test
  void aBridgedDeviceWeighsLessThoughItsKeyIsCertified() {
    fleet.bridged(1).bridged(2);
    fleet.send(1, 1, Fleet.certificate(Fleet.MAKER, Fleet.KEY));
    Fleet.Outcome outcome = fleet.run();
    assertThat(outcome.weight(1)).isEqualTo(2_500);
    assertThat(outcome.weight(2)).isEqualTo(2_500);
    assertThat(outcome.faults(1)).containsExactly("sensing.bridged");
  }

  @Tag("A5")
  @Test
  void aCertificateCountsFromAMakerThatIsNamedAndForThisKeyAlone() {
    assertThat(shown(Fleet.certificate(Fleet.deviceKey("other"), Fleet.KEY)))
        .isEqualTo("sensing.unknown-maker");
    PublicKey another = Fleet.deviceKey("another").publicKey();
    assertThat(shown(Fleet.certificate(Fleet.MAKER, another))).isEqualTo("sensing.bad-certificate");
    byte[] forged = Fleet.certificate(Fleet.MAKER, Fleet.KEY).toArray();
    forged[forged.length - 40] ^= 1;
    assertThat(shown(Bytes.wrap(forged))).isEqualTo("sensing.bad-certificate");
    assertThat(shown(Bytes.of((byte) SensingRules.CERTIFICATE))).isEqualTo("report.malformed");
    assertThat(fleet.run().weight(2)).isEqualTo(5_000);
  }

  @Test
  void noTrustAtAllPaysNothing() {
    Trust none =
        new Trust(List.of(Fleet.MAKER.publicKey()), new BasisPoints(0), new BasisPoints(10_000));
    Fleet strict =
        Fleet.bought(Fleet.DEFINITION.with(none, Fleet.WEIGHED.prices()), 2).honest(Fleet.HOME, 2);
    strict.send(1, 1, Fleet.certificate(Fleet.MAKER, Fleet.KEY));
    Fleet.Outcome outcome = strict.run();
    assertThat(outcome.weight(1)).isEqualTo(10_000);
    assertThat(outcome.weight(2)).isZero();
    assertThat(outcome.of(2).capacity()).isZero();
  }

  @Tag("A7")
  @Test
  void bootstrapIsForDevicesInCellsThatItsCapKnows() {
    long finer = 0x881f856001fffffL;
    fleet.honest(finer, 4);
    assertThat(fleet.run().of(4).capacity()).isZero();
  }

  @Test
  void aProductIsBoughtForItsOwnPriceAndNoOther() {
    ScopeDeal cheap = Fleet.scope(Fleet.RESERVATION, new Credits(BigInteger.TEN.pow(15)));
    assertThat(shown(Fleet.purchase(cheap, Product.LATEST, Fleet.PAYER))).isEqualTo("accepted");
    assertThat(shown(Fleet.purchase(cheap, Product.STREAM, Fleet.PAYER)))
        .isEqualTo("sensing.cheap-scope");
    assertThat(shown(Fleet.purchase(cheap, Fleet.PAYER))).isEqualTo("sensing.cheap-scope");
    byte[] renamed = Fleet.purchase(cheap, Product.STREAM, Fleet.PAYER).toArray();
    renamed[1] = (byte) Product.LATEST.number();
    assertThat(shown(Bytes.wrap(renamed))).isEqualTo("sensing.bad-scope");
  }

  @Test
  void theFirstVersionKnowsNoneOfIt() throws Malformed {
    Fleet old = Fleet.bought().bridged(1);
    old.send(1, 1, Fleet.certificate(Fleet.MAKER, Fleet.KEY));
    Fleet.Outcome outcome = old.run();
    assertThat(outcome.weight(1)).isEqualTo(10_000);
    assertThat(outcome.faults(1)).isEmpty();
    SensingNetwork network = new SensingNetwork();
    Bytes parameters = Fleet.WEIGHED.encode();
    assertThatThrownBy(() -> network.rules(SensingNetwork.VERSION_1, parameters))
        .isInstanceOf(Malformed.class);
    assertThat(network.rules(SensingNetwork.VERSION_2, parameters)).isNotNull();
    assertThat(network.rules(SensingNetwork.VERSION_2, Fleet.DEFINITION.encode())).isNotNull();
  }
}
