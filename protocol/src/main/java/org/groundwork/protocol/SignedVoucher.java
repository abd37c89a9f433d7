package org.groundwork.protocol;

import java.util.Optional;
import org.groundwork.protocol.crypto.AccountSignatures;

/** A voucher with its payer's signature. */
public record SignedVoucher(Voucher voucher, Bytes signature) {
  private static final int SIGNATURE_SIZE = 65;

  /** Whether the payer that the voucher names signed it in this domain. */
  public boolean isGenuine(SigningDomain domain) {
    return voucher.deployment().equals(domain.deployment())
        && AccountSignatures.isSignedBy(
            voucher.payer(), domain.digest(voucher.structHash()), signature);
  }

  /** Who signed it, the payer or another key; empty if nobody, or for another deployment. */
  public Optional<AccountId> signer(SigningDomain domain) {
    return voucher.deployment().equals(domain.deployment())
        ? AccountSignatures.recover(domain.digest(voucher.structHash()), signature)
        : Optional.empty();
  }

  public void write(CanonicalWriter out) {
    voucher.write(out);
    out.bytes(signature);
  }

  public static SignedVoucher read(CanonicalReader in) throws Malformed {
    return new SignedVoucher(Voucher.read(in), in.bytes(SIGNATURE_SIZE));
  }
}
