package org.groundwork.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.NetworkPool;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.DeviceKey;

/** Epochs with a bit of everything, each a function of its seed. */
public final class RandomScene {
  private static final int DEVICES = 8;
  private static final long CELLS = 3;
  private static final AccountId POOL =
      NetworkPool.of(Samples.DOMAIN.deployment(), Samples.NETWORK);
  private static final List<String> PAYERS = List.of("alice", "bob");

  private final Random random;
  private final Scene scene;
  private final List<Sent> reports = new ArrayList<>();

  private final Set<Bytes> bodies = new HashSet<>();

  private record Sent(int slot, Report report) {}

  private RandomScene(Random random, Scene scene) {
    this.random = random;
    this.scene = scene;
  }

  public static Scene of(Random random) {
    return new RandomScene(random, new Scene()).build();
  }

  /** More of the same in the epoch after. */
  public static Scene next(Random random, Scene before, EpochResult result) {
    return new RandomScene(random, before.after(result)).fill();
  }

  private Scene build() {
    scene.priceHigh = Optional.of(Price.of(1 + random.nextLong(500_000_000)));
    scene.margin = new BasisPoints(random.nextInt(3000));
    for (long id = 1; id <= DEVICES; id++) {
      // One key in four is registered twice.
      long key = id > 1 && random.nextInt(4) == 0 ? id - 1 : id;
      scene.register(id, Scene.owner(id), Samples.deviceKey(key).publicKey());
      scene.place(id, 1 + id % CELLS);
    }
    for (int i = 0; i < 6; i++) {
      scene.reserve(payer(), device(), 1 + random.nextInt(200), random.nextInt(1000));
    }
    for (String payer : PAYERS) {
      Credits credits = Credits.of(1 + random.nextInt(200));
      scene.reserve(payer, POOL, credits, TokenAmount.of(random.nextInt(1000)));
    }
    return fill();
  }

  private Scene fill() {
    for (long id = 1; id <= DEVICES; id++) {
      if (random.nextInt(8) != 0) {
        send(id, new Hello(Scene.owner(id), 1).encode(), 0);
      }
    }
    for (int i = 0; i < 5; i++) {
      String payer = payer();
      Deal deal =
          scene.deal(payer, device(), reservation(), random.nextInt(30), random.nextInt(150));
      send(deal.device().value(), CounterNetwork.deal(Scene.sign(payer, deal)), counter());
      if (random.nextInt(3) == 0) {
        send(device(), CounterNetwork.deal(Scene.sign(payer, deal)), counter());
      }
    }
    for (int i = 0; i < 60; i++) {
      send(device(), CounterNetwork.reading(random.nextInt(1100)), counter());
    }
    for (int i = 0; i < 8; i++) {
      voucher();
    }
    for (String payer : PAYERS) {
      scope(payer);
    }
    for (int i = 0; i < 12; i++) {
      spoil(i, reports.remove(random.nextInt(reports.size())));
    }
    return scene;
  }

  /** Of two cells in which there may be meters and one in which there are none. */
  private void scope(String payer) {
    scene.reservations.stream()
        .filter(reservation -> reservation.seller().equals(POOL))
        .filter(reservation -> reservation.payer().equals(Samples.key(payer).account()))
        .forEach(reservation -> {
          long rate = random.nextInt(60);
          long cap = random.nextInt(200);
          scene.buy(payer, device(), reservation.id(), rate, cap, 1L, 2L, CELLS + 1);
        });
  }

  private void voucher() {
    int pick = random.nextInt(scene.reservations.size());
    var reservation = scene.reservations.get(pick);
    for (long seller = 1; seller <= DEVICES; seller++) {
      if (Scene.owner(seller).equals(reservation.seller())) {
        for (String payer : PAYERS) {
          var voucher =
              scene.voucher(
                  payer,
                  seller,
                  reservation.id(),
                  "s" + random.nextInt(2),
                  20L * random.nextInt(6));
          scene.pay(payer, seller, voucher);
        }
      }
    }
  }

  /**
   * Sends a report again, or something much like it. A copy comes in another slot: within one slot
   * the cut into segments would decide whether a gateway drops it or lists it twice.
   */
  private void spoil(int number, Sent sent) {
    int later = (sent.slot() + 1 + random.nextInt(3)) % 4;
    long id = device();
    DeviceKey key = Samples.deviceKey(id);
    switch (number % 3) {
      case 0 -> scene.send(later, sent.report());
      case 1 -> {
        Report unsigned = scene.report(id, 1000 + number, CounterNetwork.reading(number), key);
        scene.send(later, new Report(unsigned.body(), sent.report().signature()));
      }
      default -> {
        Sequence late = Sequence.of(new EpochNumber(scene.epoch.value() - 1), number);
        scene.send(later, Samples.report(id, late, CounterNetwork.reading(1), key));
      }
    }
  }

  private void send(long device, Bytes payload, long counter) {
    DeviceKey key =
        LongStream.rangeClosed(1, DEVICES)
            .mapToObj(Samples::deviceKey)
            .filter(k -> scene.devices.get((int) device - 1).key().equals(k.publicKey()))
            .findFirst()
            .orElseThrow();
    Report report = scene.report(device, counter, payload, key);
    if (bodies.add(report.body())) {
      Sent sent = new Sent(random.nextInt(4), report);
      reports.add(sent);
      scene.send(sent.slot(), report);
    }
  }

  /** Few enough that two reports now and then share one. */
  private long counter() {
    return 1L + random.nextInt(40);
  }

  private long device() {
    return 1L + random.nextInt(DEVICES);
  }

  private String payer() {
    return PAYERS.get(random.nextInt(PAYERS.size()));
  }

  private ReservationId reservation() {
    return scene.reservations.get(random.nextInt(scene.reservations.size())).id();
  }
}
