package org.groundwork.networks.storage.rules;

import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.Voucher;
import org.groundwork.rules.Device;
import org.groundwork.rules.EpochFacts;
import org.groundwork.rules.Verdict;

/** Judges a device's vouchers one by one; which of a session counts is for phase 2 to say. */
final class VoucherDesk {
  private final EpochFacts facts;
  private final AccountId seller;

  VoucherDesk(EpochFacts facts, Device device) {
    this.facts = facts;
    this.seller = device.owner();
  }

  Verdict take(SignedVoucher signed) {
    return wrong(signed.voucher())
        .or(() -> Optional.of(signed).filter(this::isForged).map(VoucherDesk::unsigned))
        .orElse(Verdict.ACCEPTED);
  }

  private Optional<Verdict> wrong(Voucher voucher) {
    if (!voucher.deployment().equals(facts.domain().deployment())) {
      return rejected(StorageReason.VOUCHER_OTHER_DEPLOYMENT, "it names " + voucher.deployment());
    }
    if (!voucher.network().equals(facts.network())) {
      return rejected(StorageReason.VOUCHER_OTHER_NETWORK, "it names " + voucher.network());
    }
    if (!voucher.seller().equals(seller)) {
      return rejected(
          StorageReason.VOUCHER_OTHER_SELLER, "it pays " + voucher.seller() + ", not " + seller);
    }
    return Reservations.wrong(facts, voucher.reservation(), voucher.payer(), seller)
        .or(() ->
            Reservations.above(
                facts,
                voucher.reservation(),
                voucher.cumulative(),
                StorageReason.VOUCHER_ABOVE_RESERVATION));
  }

  /** Who signed a voucher that was accepted. */
  AccountId signer(SignedVoucher signed) {
    return facts.signer(signed).orElseThrow();
  }

  private boolean isForged(SignedVoucher signed) {
    return facts.signer(signed).isEmpty();
  }

  private static Verdict unsigned(SignedVoucher signed) {
    return Verdict.rejected(
        StorageReason.VOUCHER_UNSIGNED,
        "payer " + signed.voucher().payer() + ", session " + signed.voucher().session());
  }

  private static Optional<Verdict> rejected(StorageReason reason, String evidence) {
    return Optional.of(Verdict.rejected(reason, evidence));
  }
}
