package org.groundwork.protocol;

import org.groundwork.protocol.crypto.AccountSignatures;

/** A scope deal with its payer's signature. */
public record SignedScopeDeal(ScopeDeal deal, Bytes signature) {
  private static final int SIGNATURE_SIZE = 65;

  /** Whether the payer that the deal names signed it in this domain. */
  public boolean isGenuine(SigningDomain domain) {
    return deal.terms().deployment().equals(domain.deployment())
        && AccountSignatures.isSignedBy(deal.terms().payer(), domain.digest(deal.id()), signature);
  }

  public void write(CanonicalWriter out) {
    deal.write(out);
    out.bytes(signature);
  }

  public static SignedScopeDeal read(CanonicalReader in) throws Malformed {
    return new SignedScopeDeal(ScopeDeal.read(in), in.bytes(SIGNATURE_SIZE));
  }
}
