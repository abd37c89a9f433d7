package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayerAndPayeeTest {
  @TempDir private Path payerFolder;
  @TempDir private Path payeeFolder;
  private final Scene scene = new Scene();

  @Test
  void aPayerNeverSignsMoreThanIsReservedEvenAfterARestart() throws Exception {
    Payer first = payer();
    first.sign(deal(400), scene.reservation);
    first.open(scene.reservation).pay(Credits.of(500));
    // Not closed: as after a kill.
    try (Payer second = payer()) {
      assertThat(second.free(scene.reservation)).isEqualTo(Credits.of(100));
      assertThatThrownBy(() -> second.sign(deal(101), scene.reservation))
          .isInstanceOf(Payer.Exhausted.class)
          .hasMessageContaining("has 100 credits left, 101 are needed");
      second.giveBack(scene.reservation, Credits.of(1));
      SignedDeal signed = second.sign(deal(101), scene.reservation);
      assertThat(signed.isGenuine(Scene.DOMAIN)).isTrue();
      assertThat(second.free(scene.reservation)).isEqualTo(Credits.ZERO);
    }
  }

  @Test
  void aPayeeKeepsTheHighestVoucherOverARestart() throws Exception {
    try (Payer payer = payer()) {
      Payer.Session session = payer.open(scene.reservation);
      SignedVoucher low = session.pay(Credits.of(10));
      SignedVoucher high = session.pay(Credits.of(5));
      Payee first = payee();
      assertThat(first.accept(high)).isEqualTo(Credits.of(15));
      assertThat(first.accept(low)).isEqualTo(Credits.of(15));
      try (Payee second = payee()) {
        assertThat(second.unreported()).containsExactly(high);
        second.markReported(high);
        assertThat(second.unreported()).isEmpty();
        assertThat(second.paid(session.id())).isEqualTo(Credits.of(15));
      }
      try (Payee third = payee()) {
        assertThat(third.unreported()).isEmpty();
      }
    }
  }

  @Test
  void aPayeeRefusesWhatIsWorthNothing() throws Exception {
    try (Payer payer = payer();
        Payee payee = payee()) {
      SignedVoucher good = payer.open(scene.reservation).pay(Credits.of(10));
      Voucher voucher = good.voucher();
      assertCode(
          payee,
          new SignedVoucher(
              new Voucher(
                  voucher.deployment(),
                  voucher.network(),
                  voucher.payer(),
                  voucher.seller(),
                  voucher.reservation(),
                  voucher.session(),
                  Credits.of(11)),
              good.signature()),
          "voucher.wrong-signature");

      Reservation unknown = scene.reservation(2, 50);
      assertCode(payee, payer.open(unknown).pay(Credits.of(1)), "voucher.no-reservation");

      Reservation claimed = scene.reservation(1, 5000);
      assertCode(payee, payer.open(claimed).pay(Credits.of(2000)), "voucher.above-reservation");
      assertThat(payee.unreported()).isEmpty();
    }
  }

  @Test
  void aSessionKeyPaysUpToItsLimitOverAllSessionsEvenAfterARestart() throws Exception {
    show(1000, 0, 9);
    SignedVoucher second;
    try (Payer payer = session(1000);
        Payee first = payee()) {
      assertThat(payer.account()).isEqualTo(scene.payer.account());
      SignedVoucher voucher = payer.open(scene.reservation).pay(Credits.of(500));
      assertThat(voucher.voucher().payer()).isEqualTo(scene.payer.account());
      assertThat(voucher.isGenuine(Scene.DOMAIN)).isFalse();
      assertThat(first.accept(voucher)).isEqualTo(Credits.of(500));
      second = payer.open(scene.reservation).pay(Credits.of(200));
    }
    scene.sessions.clear();
    show(699, 0, 9);
    try (Payee payee = payee()) {
      assertCode(payee, second, "voucher.above-session-limit");
      scene.sessions.clear();
      show(700, 0, 9);
      assertThat(payee.accept(second)).isEqualTo(Credits.of(200));
      assertThat(payee.unreported()).hasSize(2);
    }
    try (Payee payee = payee();
        Payer other = session(2000)) {
      assertCode(
          payee, other.open(scene.reservation).pay(Credits.of(1)), "voucher.above-session-limit");
      assertThat(payee.accept(second)).isEqualTo(Credits.of(200));
    }
  }

  @Test
  void aSessionKeyCountsOnlyWhereTheChainShowsItForThisEpochAndTheNext() throws Exception {
    try (Payer payer = session(1000);
        Payee payee = payee()) {
      SignedVoucher voucher = payer.open(scene.reservation).pay(Credits.of(10));
      assertCode(payee, voucher, "voucher.wrong-signature");
      show(1000, 1, 3);
      assertCode(payee, voucher, "voucher.wrong-signature");
      scene.now = 1010;
      assertThat(payee.accept(voucher)).isEqualTo(Credits.of(10));
      scene.now = 1029;
      SignedVoucher more = payer.open(scene.reservation).pay(Credits.of(10));
      assertThat(payee.accept(more)).isEqualTo(Credits.of(10));
      scene.now = 1030;
      SignedVoucher late = payer.open(scene.reservation).pay(Credits.of(10));
      assertCode(payee, late, "voucher.wrong-signature");
      scene.sessions.clear();
      scene.sessions.add(
          new Scene.Shown(
              new SessionKey(
                  scene.payer.account(), KEY.account(), new NetworkId(2), Credits.of(1000)),
              0,
              9));
      assertCode(payee, late, "voucher.wrong-signature");
    }
  }

  @Test
  void theVouchersOfOneSessionAreSignedByOneKey() throws Exception {
    show(1000, 0, 9);
    try (Payer payer = payer();
        Payee payee = payee()) {
      SignedVoucher own = payer.open(scene.reservation).pay(Credits.of(10));
      Voucher voucher = own.voucher();
      Voucher higher =
          new Voucher(
              voucher.deployment(),
              voucher.network(),
              voucher.payer(),
              voucher.seller(),
              voucher.reservation(),
              voucher.session(),
              Credits.of(11));
      payee.accept(own);
      assertCode(
          payee,
          new SignedVoucher(higher, KEY.sign(Scene.DOMAIN.digest(higher.structHash()))),
          "voucher.other-signer");
    }
  }

  @Test
  void aPayerWithASessionKeyKeepsItsLimitAndSignsNoDeals() throws Exception {
    Payer first = session(300);
    first.open(scene.reservation).pay(Credits.of(200));
    // Not closed: as after a kill.
    try (Payer second = session(300)) {
      assertThat(second.free(scene.reservation)).isEqualTo(Credits.of(100));
      assertThat(second.free(scene.reservation(2, 50))).isEqualTo(Credits.of(50));
      assertThatThrownBy(() -> second.open(scene.reservation).pay(Credits.of(101)))
          .isInstanceOf(Payer.Exhausted.class);
      assertThatThrownBy(() -> second.sign(deal(1), scene.reservation))
          .isInstanceOf(IllegalStateException.class);
    }
    try (Payer own = payer()) {
      assertThat(own.free(scene.reservation)).isEqualTo(Credits.of(1000));
    }
    assertThatThrownBy(() ->
            Payer.ofSession(payerFolder, Scene.DOMAIN, authorised(1), scene.payer, Scene.random()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final AccountKey KEY = AccountKey.fromSecret(Scene.secret(4));

  private SessionKey authorised(long limit) {
    return new SessionKey(scene.payer.account(), KEY.account(), Scene.NETWORK, Credits.of(limit));
  }

  private void show(long limit, long firstEpoch, long lastEpoch) {
    scene.sessions.add(new Scene.Shown(authorised(limit), firstEpoch, lastEpoch));
  }

  private Payer session(long limit) throws IOException {
    return Payer.ofSession(payerFolder, Scene.DOMAIN, authorised(limit), KEY, Scene.random());
  }

  private static void assertCode(Payee payee, SignedVoucher voucher, String code) {
    assertThatThrownBy(() -> payee.accept(voucher))
        .isInstanceOfSatisfying(
            Payee.Worthless.class, worthless -> assertThat(worthless.code()).isEqualTo(code));
  }

  private Payer payer() throws IOException {
    return new Payer(payerFolder, Scene.DOMAIN, scene.payer, Scene.random());
  }

  private Payee payee() throws IOException {
    return new Payee(
        payeeFolder, Scene.DOMAIN, Scene.NETWORK, scene.seller.account(), scene, scene);
  }

  private Deal deal(long cap) {
    return new Deal(
        Scene.DOMAIN.deployment(),
        Scene.NETWORK,
        new DeviceId(7),
        scene.payer.account(),
        scene.seller.account(),
        scene.reservation.id(),
        Credits.of(1),
        Credits.of(cap),
        new SlotNumber(0),
        new SlotNumber(1000),
        Bytes.EMPTY);
  }
}
