package org.groundwork.networks.storage.wire;

import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;

/** What customers and providers say to each other over HTTP: paths, headers, signed contents. */
public final class ProviderHttp {
  public static final String PIECES = "/v1/pieces/";
  public static final String DEALS = "/v1/deals";
  public static final String TERMS = "/v1/terms";
  public static final String STATUS = "/v1/status";

  /** The provider's newest {@link PriceTag.Signed}, as its bytes. */
  public static final String PRICE = "/v1/price";

  /** Followed by a payer's account: the newest {@link MetadataRoot.Signed} that he left here. */
  public static final String ROOTS = "/v1/roots/";

  /** The numbers of {@link #STATUS} as Prometheus reads them. */
  public static final String METRICS = "/metrics";

  /** Who sends the request, when, and his signature over it. */
  public static final String ACCOUNT = "Groundwork-Account";

  public static final String TIME = "Groundwork-Time";
  public static final String SIGNATURE = "Groundwork-Signature";

  /** A signed voucher in hexadecimal. */
  public static final String VOUCHER = "Groundwork-Voucher";

  /** What is still to be paid before a piece is served, in credits: with status 402. */
  public static final String OWED = "Groundwork-Owed";

  /** How far the clocks of customer and provider may be apart, in seconds. */
  public static final long MAX_SKEW = 120;

  private ProviderHttp() {}

  /** Requests about a piece sign its name instead of its bytes: the name binds them. */
  public static Hash contentOf(PieceCommitment piece) {
    return Sha256.hash(piece.encode().unsafeArray());
  }
}
