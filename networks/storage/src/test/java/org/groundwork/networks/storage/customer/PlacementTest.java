package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.groundwork.agent.ListedDevice;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.rules.Device;
import org.junit.jupiter.api.Test;

class PlacementTest {
  @Test
  void noDomainGetsMoreThanCanBeLost() {
    Random random = new Random(20_261_122);
    int full = 0;
    for (int round = 0; round < 2_000; round++) {
      int data = 1 + random.nextInt(12);
      Shape shape = new Shape(data, data + 1 + random.nextInt(12));
      List<Placement.Candidate> all = new ArrayList<>();
      int owners = 1 + random.nextInt(20);
      for (int i = 0; i < shape.total() + random.nextInt(20); i++) {
        all.add(
            new Placement.Candidate(
                new DeviceId(i + 1L),
                Set.of("owner " + random.nextInt(owners), "cell " + random.nextInt(owners))));
      }
      int first = random.nextInt(all.size());
      Placement placement =
          new Placement(
              shape,
              List.of(),
              List.of(all.subList(0, first), all.subList(first, all.size())),
              List.of());
      Map<String, Integer> used = new TreeMap<>();
      List<Placement.Candidate> chosen = new ArrayList<>();
      for (int piece = 0; piece < shape.total(); piece++) {
        Optional<Placement.Candidate> next = placement.next();
        next.ifPresent(chosen::add);
        next.ifPresent(at -> at.domains().forEach(domain -> used.merge(domain, 1, Integer::sum)));
      }
      assertThat(chosen).doesNotHaveDuplicates();
      assertThat(used.values()).allMatch(pieces -> pieces <= shape.parity());
      assertThat(Placement.misplaced(shape, chosen)).isZero();
      full += chosen.size() == shape.total() ? 1 : 0;
    }
    assertThat(full).isBetween(300, 1_900);
  }

  @Test
  void domainsAreFilledEvenlyAndPreferenceDecidesTheRest() {
    List<Placement.Candidate> all = new ArrayList<>();
    for (long device = 1; device <= 9; device++) {
      all.add(new Placement.Candidate(new DeviceId(device), Set.of("owner " + (device - 1) / 3)));
    }
    Placement placement = new Placement(new Shape(3, 6), List.of(), List.of(all));
    List<Long> order = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      order.add(placement.next().orElseThrow().device().value());
    }
    assertThat(order).containsExactly(1L, 4L, 7L, 2L, 5L, 8L);
  }

  @Test
  void aDeviceThatFailedIsNotChosenAgainAndItsDomainIsFree() {
    List<Placement.Candidate> all =
        List.of(
            new Placement.Candidate(new DeviceId(1), Set.of("a")),
            new Placement.Candidate(new DeviceId(2), Set.of("a")));
    Placement placement = new Placement(new Shape(1, 2), List.of(), List.of(all));
    Placement.Candidate first = placement.next().orElseThrow();
    assertThat(placement.next()).isEmpty();
    placement.failed(first);
    assertThat(placement.next()).map(Placement.Candidate::device).contains(new DeviceId(2));
    assertThat(placement.next()).isEmpty();
  }

  @Test
  void ownerNetworkAndCellAreDomains() {
    assertThat(domains("http://203.0.113.7:80", 5))
        .anyMatch(each -> each.startsWith("owner 0x"))
        .contains("network 203.0.113", "cell 5");
    assertThat(domains("http://[2001:db8:7::1]:80", 0)).contains("network 2001:db8:7:");
    assertThat(domains("https://disk.example.org", 0)).contains("network disk.example.org");
    for (String here : List.of("http://127.0.0.1:1", "http://10.1.2.3", "http://192.168.1.4", "")) {
      assertThat(domains(here, 0)).as(here).hasSize(1);
    }
  }

  private static Set<String> domains(String endpoint, long cell) {
    DeviceKey key = DeviceKey.fromSecret(KeyType.ED25519, new byte[32]);
    return FailureDomains.of(
        new ListedDevice(
            new Device(
                new DeviceId(1), new NetworkId(1), MemoryNetwork.account(1), key.publicKey(), cell),
            endpoint));
  }
}
