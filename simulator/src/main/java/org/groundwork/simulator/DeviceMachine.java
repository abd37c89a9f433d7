package org.groundwork.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Gateways;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.OutboxFull;
import org.groundwork.agent.Payee;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;

/** A machine that runs a device: its outbox, and its owner's side of payments. */
final class DeviceMachine extends Machine {
  private static final Duration SENDING = Duration.ofMillis(500);
  private static final Duration READING = Duration.ofMillis(2500);
  private static final Duration REPORTING = Duration.ofSeconds(2);
  private static final List<Refusal> WORTH_RETRYING =
      List.of(Refusal.BUSY, Refusal.TOO_MANY, Refusal.UNKNOWN_DEVICE);

  private final DeviceKey key;
  private final AccountKey owner;
  private final Device device;
  private final boolean lies;
  private final Dice dice;
  private Optional<Outbox> outbox = Optional.empty();
  private Optional<Payee> payee = Optional.empty();

  /** Deals that its owner agreed on; submitted until the outbox has them. */
  private final List<SignedDeal> agreed = new ArrayList<>();

  private boolean saidHello;
  private long forged;

  DeviceMachine(String name, World world, long id, boolean lies) {
    super(name, world);
    key = Names.device(world.seed(), name);
    owner = Names.account(world.seed(), "owner of " + name);
    device = new Device(new DeviceId(id), ChainView.NETWORK, owner.account(), key.publicKey(), 0);
    this.lies = lies;
    dice = new Dice(world.seed(), "readings of " + name);
  }

  Device device() {
    return device;
  }

  AccountId owner() {
    return owner.account();
  }

  /** Reports that no gateway has promised yet. */
  int waiting() {
    return outbox.map(Outbox::waiting).orElse(0);
  }

  void agree(SignedDeal deal) {
    agreed.add(deal);
  }

  /** Takes a voucher from its payer. */
  Credits accept(SignedVoucher voucher) throws IOException {
    try {
      return payee.orElseThrow().accept(voucher);
    } catch (Payee.Worthless e) {
      throw new IOException(e.code() + ": " + e.getMessage(), e);
    }
  }

  @Override
  void boot(SimTasks tasks) throws IOException {
    Outbox box =
        new Outbox(
            disk().root().resolve("outbox"),
            new DeviceIdentity(
                world().setting().domain().deployment(), ChainView.NETWORK, device.id(), key),
            world().setting().schedule(),
            this::send,
            world().agenda());
    outbox = Optional.of(box);
    Payee seller =
        new Payee(
            disk().root().resolve("payee"),
            world().setting().domain(),
            ChainView.NETWORK,
            owner.account(),
            world().directory(),
            world().agenda());
    payee = Optional.of(seller);
    saidHello = false;
    if (world().canary(Canary.BROKEN_STEP)) {
      tasks.create("broken", REPORTING, DeviceMachine::fail).start();
    }
    tasks.create("outbox", SENDING, () -> step(box)).start();
    tasks.create("readings", READING, () -> read(box)).start();
    tasks.create("vouchers", REPORTING, () -> report(box, seller)).start();
  }

  private static void put(Outbox box, Bytes payload, Outbox.Lifetime lifetime)
      throws IOException, OutboxFull {
    Future<Outbox.Sent> _ = box.submit(payload, lifetime);
  }

  private static boolean fail() {
    throw new IllegalStateException("a bug");
  }

  private boolean step(Outbox box) throws IOException {
    if (box.waiting() > 0) {
      box.step();
    }
    return false;
  }

  /** One reading; at first a Hello and the deals. */
  private boolean read(Outbox box) throws IOException {
    if (world().faults().isOver() && world().hasQuietened()) {
      return false;
    }
    try {
      if (!saidHello) {
        put(box, new Hello(owner.account(), 1).encode(), Outbox.Lifetime.PROMISED);
        for (SignedDeal deal : agreed) {
          put(box, CounterNetwork.deal(deal), Outbox.Lifetime.PROMISED);
        }
        saidHello = true;
      }
      put(box, CounterNetwork.reading(dice.between(0, 1200)), Outbox.Lifetime.EPOCH);
      if (lies) {
        lie(box);
      }
    } catch (OutboxFull e) {
      throw new IOException(e);
    }
    return false;
  }

  /** Reports vouchers as they come. */
  private static boolean report(Outbox box, Payee seller) throws IOException {
    for (SignedVoucher voucher : seller.unreported()) {
      try {
        put(box, CounterNetwork.voucher(voucher), Outbox.Lifetime.PROMISED);
      } catch (OutboxFull e) {
        throw new IOException(e);
      }
      seller.markReported(voucher);
    }
    return false;
  }

  /** Claims what nobody agreed to pay, and says two things under one sequence. */
  private void lie(Outbox box) throws IOException, OutboxFull {
    Reservation reservation = world().reservationFor(this);
    switch (dice.below(4)) {
      case 0 ->
          put(box, CounterNetwork.voucher(forgedVoucher(reservation)), Outbox.Lifetime.PROMISED);
      case 1 -> put(box, CounterNetwork.deal(forgedDeal(reservation)), Outbox.Lifetime.PROMISED);
      case 2 -> equivocate();
      default -> {
        // It says nothing more this time.
      }
    }
  }

  private SignedVoucher forgedVoucher(Reservation reservation) {
    Voucher voucher =
        new Voucher(
            world().setting().domain().deployment(),
            ChainView.NETWORK,
            reservation.payer(),
            owner.account(),
            reservation.id(),
            Names.hash(forged++, name()),
            new Credits(java.math.BigInteger.valueOf(1_000 + forged)));
    AccountKey signer =
        world().canary(Canary.STOLEN_KEY) ? world().payerOf(reservation).key() : owner;
    return new SignedVoucher(
        voucher, signer.sign(world().setting().domain().digest(voucher.structHash())));
  }

  private SignedDeal forgedDeal(Reservation reservation) {
    Deal deal = world().deal(this, reservation, 1 + forged++);
    return new SignedDeal(deal, owner.sign(world().setting().domain().digest(deal.id())));
  }

  /** Two bodies under one sequence, to whom it may concern. */
  private void equivocate() {
    EpochNumber epoch =
        world().setting().schedule().epochAt(world().agenda().instant().getEpochSecond());
    Sequence sequence = Sequence.of(epoch, 4_000_000L + forged++);
    List<Report> reports =
        List.of(forge(sequence, dice.between(0, 9)), forge(sequence, dice.between(10, 19)));
    for (GatewayMachine gateway : world().gateways()) {
      try {
        send(gateway, reports);
      } catch (IOException e) {
        world().agenda().note(this + ": " + e.getMessage());
      }
    }
  }

  private Report forge(Sequence sequence, long value) {
    return Report.sign(
        new ReportBody(
            world().setting().domain().deployment(),
            ChainView.NETWORK,
            device.id(),
            key.publicKey().hash(),
            sequence,
            CounterNetwork.reading(value)),
        key);
  }

  /** Tries one gateway after the other. */
  private List<Gateways.Answer> send(List<Report> reports) throws IOException {
    List<GatewayMachine> gateways = new ArrayList<>(world().gateways());
    java.util.Collections.rotate(gateways, dice.below(gateways.size()));
    IOException last = new IOException("there is no gateway");
    for (GatewayMachine gateway : gateways) {
      try {
        return send(gateway, reports);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private List<Gateways.Answer> send(GatewayMachine gateway, List<Report> reports)
      throws IOException {
    reports.forEach(world().witness()::sawReport);
    List<Gateways.Answer> answers =
        world()
            .links()
            .call(this, gateway, reports.size() + " reports", () -> gateway.admit(reports))
            .stream()
            .map(DeviceMachine::answer)
            .toList();
    for (int i = 0; i < reports.size(); i++) {
      if (answers.get(i) instanceof Gateways.Answer.Promised(Promise promise)) {
        if (!promise.report().equals(Sha256.hash(reports.get(i).body().unsafeArray()))) {
          throw new IOException("a promise about another report");
        }
        world().witness().promised(promise);
      }
    }
    return answers;
  }

  private static Gateways.Answer answer(org.groundwork.node.gateway.Answer answer) {
    return switch (answer) {
      case org.groundwork.node.gateway.Answer.Promised promised ->
          new Gateways.Answer.Promised(promised.promise());
      case org.groundwork.node.gateway.Answer.Refused(Refusal refusal) ->
          new Gateways.Answer.Refused(
              refusal.code(), refusal.sentence(), WORTH_RETRYING.contains(refusal));
    };
  }
}
