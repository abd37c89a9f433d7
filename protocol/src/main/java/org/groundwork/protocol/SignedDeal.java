package org.groundwork.protocol;

import org.groundwork.protocol.crypto.AccountSignatures;

/** A deal with its payer's signature. */
public record SignedDeal(Deal deal, Bytes signature) {
  private static final int SIGNATURE_SIZE = 65;

  /** Whether the payer that the deal names signed it in this domain. */
  public boolean isGenuine(SigningDomain domain) {
    return deal.deployment().equals(domain.deployment())
        && AccountSignatures.isSignedBy(deal.payer(), domain.digest(deal.id()), signature);
  }

  public void write(CanonicalWriter out) {
    deal.write(out);
    out.bytes(signature);
  }

  public static SignedDeal read(CanonicalReader in) throws Malformed {
    return new SignedDeal(Deal.read(in), in.bytes(SIGNATURE_SIZE));
  }
}
