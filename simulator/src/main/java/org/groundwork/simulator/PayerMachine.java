package org.groundwork.simulator;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.groundwork.agent.Payer;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.rules.Reservation;

/** A machine that runs a customer: it pays its sellers by vouchers, a little at a time. */
final class PayerMachine extends Machine {
  private static final Duration PAYING = Duration.ofSeconds(6);

  private final AccountKey key;
  private final Dice dice;

  PayerMachine(String name, World world) {
    super(name, world);
    key = Names.account(world.seed(), name);
    dice = new Dice(world.seed(), "payments of " + name);
  }

  AccountKey key() {
    return key;
  }

  @Override
  void boot(SimTasks tasks) throws IOException {
    Payer payer = new Payer(disk().root(), world().setting().domain(), key, new SeededRandom(dice));
    for (Reservation reservation : world().directory().reservationsOf(key.account())) {
      Payer.Session session = payer.open(reservation);
      tasks.create("payments", PAYING, () -> pay(session, reservation)).start();
    }
  }

  private boolean pay(Payer.Session session, Reservation reservation) throws IOException {
    if (world().faults().isOver() && world().hasQuietened()) {
      return false;
    }
    Optional<DeviceMachine> seller = world().deviceOf(reservation.seller());
    SignedVoucher voucher;
    try {
      voucher = session.pay(new Credits(java.math.BigInteger.valueOf(dice.between(1, 1_000_000))));
    } catch (Payer.Exhausted e) {
      return false;
    }
    world().witness().sawVoucher(voucher.voucher());
    if (seller.isPresent()) {
      world().links().call(this, seller.get(), "voucher", () -> seller.get().accept(voucher));
    }
    return false;
  }

  /** Randomness that the seed decides. */
  private static final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient Dice dice;

    SeededRandom(Dice dice) {
      this.dice = dice;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) dice.below(256);
      }
    }
  }
}
