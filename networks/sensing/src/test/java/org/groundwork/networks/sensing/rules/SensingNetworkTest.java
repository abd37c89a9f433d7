package org.groundwork.networks.sensing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.testkit.network.NetworkContract;
import org.groundwork.testkit.network.Sample;
import org.junit.jupiter.api.Test;

class SensingNetworkTest extends NetworkContract {
  @Override
  protected ResourceNetwork network() {
    return new SensingNetwork();
  }

  /** Stations that measure, copy, stick, spike, fall silent, stand elsewhere; purchases. */
  @Override
  protected List<Sample> samples() {
    Fleet fleet = Fleet.bought().honest(Fleet.HOME, 2, 3).honest(Fleet.NEXT, 4).honest(0, 5);
    Credits price = Fleet.DEFINITION.pricePerCellEpoch();
    fleet.send(1, 1, Fleet.purchase(Fleet.scope(Fleet.RESERVATION, price), Fleet.key("other")));
    fleet.station(6, Fleet.HOME, step -> Fleet.reading(step, Weather.at(step, 1)));
    fleet.station(
        7, Fleet.NEXT, step -> step % 20 < 8 ? Bytes.EMPTY : Weather.station(7).apply(step));
    fleet.station(8, Fleet.NEXT, step -> Weather.station(8).apply(step - step % 30));
    fleet.send(2, 3, Bytes.of((byte) 9));
    fleet.send(2, 3, Bytes.of((byte) 1, (byte) 2, (byte) 3));
    long step = Fleet.step(fleet.epoch) + 7;
    fleet.send(3, 7, Fleet.reading(step, List.of(900L, 50L)));
    fleet.run();
    fleet.honest(Fleet.NEXT, 3);
    fleet.run();
    return List.of(
        new Sample(1, "stations", Fleet.DEFINITION.encode(), List.copyOf(fleet.epochs)), weighed());
  }

  /** Certified, not certified, bridged stations; products of cells. */
  private static Sample weighed() {
    Fleet fleet = Fleet.bought(Fleet.WEIGHED, 2).honest(Fleet.HOME, 2, 3).honest(Fleet.NEXT, 4);
    fleet.bridged(3);
    fleet.send(1, 1, Fleet.certificate(Fleet.MAKER, Fleet.KEY));
    fleet.send(2, 1, Fleet.certificate(Fleet.deviceKey("other"), Fleet.KEY));
    fleet.send(4, 1, Fleet.certificate(Fleet.MAKER, Fleet.MAKER.publicKey()));
    ScopeDeal cheap = Fleet.scope(Fleet.RESERVATION, new Credits(BigInteger.TEN.pow(15)));
    fleet.send(1, 2, Fleet.purchase(cheap, Product.LATEST, Fleet.PAYER));
    fleet.send(1, 2, Fleet.purchase(cheap, Product.STREAM, Fleet.PAYER));
    fleet.run();
    fleet.run();
    return new Sample(2, "weighed", Fleet.WEIGHED.encode(), List.copyOf(fleet.epochs));
  }

  @Test
  void aPayloadIsDescribedToAPerson() {
    assertThat(network().describe(Weather.station(1).apply(0))).startsWith("reading");
    assertThat(network().describe(Bytes.EMPTY)).isEqualTo("unknown");
  }
}
