package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.protocol.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits name who does not hold what he should, and what they find has consequences. */
class AuditTest {
  @TempDir private Path folder;

  @Test
  void eachHolderIsNamedWithWhatItDid() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(6);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Stored stored = customer.put(new byte[50_000]);
      List<MemoryNetwork.Node> holders = customer.holders(customer.stripes(stored).getFirst());
      holders.get(0).altering = true;
      holders.get(1).pieces.clear();
      holders.get(2).down = true;
      holders.get(3).slow = true;
      List<AuditReport> reports = customer.get().audit(5);
      assertThat(reports).hasSize(1);
      Map<DeviceId, Finding> found = new TreeMap<>();
      reports.getFirst().holders().forEach(each -> found.put(each.device(), each.finding()));
      assertThat(found)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  holders.get(0).id, Finding.ALTERED,
                  holders.get(1).id, Finding.NOT_FOUND,
                  holders.get(2).id, Finding.OFFLINE,
                  holders.get(3).id, Finding.TIMEOUT,
                  holders.get(4).id, Finding.GOOD,
                  holders.get(5).id, Finding.GOOD));
      assertThat(reports.getFirst().failures())
          .extracting(AuditReport.Holder::device)
          .containsExactlyInAnyOrder(holders.get(0).id, holders.get(1).id);
    }
  }

  /** The reference's number: 41 failures in a row from a clean record (0.999^41 = 0.9598). */
  @Test
  void fortyOneFailuresInARowLoseTrust() throws Exception {
    DeviceId device = new DeviceId(1);
    try (Reputation reputation = new Reputation(folder.resolve("reputation"))) {
      for (int failure = 1; failure <= 40; failure++) {
        reputation.note(device, Finding.ALTERED);
      }
      assertThat(reputation.of(device).isTrusted()).isTrue();
      reputation.note(device, Finding.NOT_FOUND);
      assertThat(reputation.of(device).isTrusted()).isFalse();
      assertThat(reputation.of(device).score()).isCloseTo(0.9598, within(0.0001));
    }
    try (Reputation again = new Reputation(folder.resolve("reputation"))) {
      assertThat(again.of(device).isTrusted()).isFalse();
      for (int success = 0; success < 200; success++) {
        again.note(device, Finding.GOOD);
      }
      assertThat(again.of(device).isTrusted()).isTrue();
    }
  }

  @Test
  void absenceIsNoLossAndTheThirdTimeoutIsOne() throws Exception {
    DeviceId device = new DeviceId(1);
    try (Reputation reputation = new Reputation(folder.resolve("reputation"))) {
      for (int i = 0; i < 100; i++) {
        reputation.note(device, Finding.OFFLINE);
      }
      reputation.note(device, Finding.TIMEOUT);
      reputation.note(device, Finding.TIMEOUT);
      assertThat(reputation.of(device).score()).isEqualTo(1);
      reputation.note(device, Finding.TIMEOUT);
      assertThat(reputation.of(device).score()).isLessThan(1);
      for (int i = 0; i < 20; i++) {
        reputation.note(device, Finding.UNKNOWN);
      }
      assertThat(reputation.of(device).isTrusted()).isFalse();
    }
  }

  @Test
  void aLargeStripeIsDrawnAsOftenAsItsBytesSay() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(6);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Stored small = customer.put(new byte[6_000]);
      customer.put(new byte[54_000]);
      int drawn = 0;
      for (int i = 0; i < 80; i++) {
        AuditReport report = customer.get().audit(1).getFirst();
        drawn += report.object().bytes().equals(small.manifest()) ? 1 : 0;
      }
      // A tenth of the bytes: 8 are expected, half of the stripes would be 40.
      assertThat(drawn).isLessThan(25);
    }
  }

  @Test
  void whoLostTrustGetsNothingNewWhileOthersAreThere() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(8);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      for (int i = 0; i < 8; i++) {
        customer.put(new byte[30_000]);
      }
      MemoryNetwork.Node bad = Objects.requireNonNull(network.nodes.get(new DeviceId(1)));
      bad.altering = true;
      // Which stripes are drawn is chance.
      for (int i = 0; i < 100 && customer.get().scores().getOrDefault(bad.id, 1.0) >= 0.96; i++) {
        customer.get().audit(8);
      }
      assertThat(customer.get().scores().get(bad.id)).isLessThan(0.96);
      for (int i = 0; i < 8; i++) {
        assertThat(customer.holders(customer.stripes(customer.put(new byte[100])).getFirst()))
            .doesNotContain(bad);
      }
    }
  }
}
