package org.groundwork.protocol;

import org.groundwork.protocol.crypto.AccountSignatures;

/**
 * A scope deal for one product of a network, with its payer's signature over both. What products
 * there are says the network; a plain {@link SignedScopeDeal} is for all of them. A charge needs
 * the terms alone, so nothing behind the rules knows of products.
 *
 * @param product 1 to 255
 * @param signature over {@link #digest}
 */
public record ProductDeal(ScopeDeal deal, int product, Bytes signature) {
  private static final String TYPE = "ProductDeal(ScopeDeal deal,uint8 product)" + ScopeTerms.TYPE;

  private static final int MAX_PRODUCT = 255;

  public ProductDeal {
    if (product < 1 || product > MAX_PRODUCT) {
      throw new IllegalArgumentException("product " + product);
    }
  }

  /** What the payer signs. */
  public static Hash digest(ScopeDeal deal, int product, SigningDomain domain) {
    return domain.digest(structHash(deal, product));
  }

  static Hash structHash(ScopeDeal deal, int product) {
    return new TypedData(TYPE).word(deal.id()).word(product).structHash();
  }

  /** Whether the payer that the deal names signed it in this domain, for this product. */
  public boolean isGenuine(SigningDomain domain) {
    return deal.terms().deployment().equals(domain.deployment())
        && AccountSignatures.isSignedBy(
            deal.terms().payer(), digest(deal, product, domain), signature);
  }

  public void write(CanonicalWriter out) {
    out.u8(product);
    new SignedScopeDeal(deal, signature).write(out);
  }

  public static ProductDeal read(CanonicalReader in) throws Malformed {
    int product = in.u8();
    SignedScopeDeal signed = SignedScopeDeal.read(in);
    try {
      return new ProductDeal(signed.deal(), product, signed.signature());
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a deal for a product: " + e.getMessage());
    }
  }
}
