package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.Voucher;
import org.groundwork.rules.Reservation;
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

  private static void assertCode(Payee payee, SignedVoucher voucher, String code) {
    assertThatThrownBy(() -> payee.accept(voucher))
        .isInstanceOfSatisfying(
            Payee.Worthless.class, worthless -> assertThat(worthless.code()).isEqualTo(code));
  }

  private Payer payer() throws IOException {
    return new Payer(payerFolder, Scene.DOMAIN, scene.payer, Scene.random());
  }

  private Payee payee() throws IOException {
    return new Payee(payeeFolder, Scene.DOMAIN, Scene.NETWORK, scene.seller.account(), scene);
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
