package org.groundwork.networks.storage.wire;

/** The HTTP protocol between customers and providers: paths and headers that both use. */
public final class ProviderHttp {
  /** The account that signs a request; {@code 0x} and 40 digits. */
  public static final String ACCOUNT = "Groundwork-Account";

  /** When it was signed; Unix seconds. */
  public static final String TIME = "Groundwork-Time";

  /** The account's signature over the request; {@code 0x} and 130 digits. */
  public static final String SIGNATURE = "Groundwork-Signature";

  /** A signed voucher for egress, in base64. */
  public static final String VOUCHER = "Groundwork-Voucher";

  /** How far a request's time may be off, in seconds. */
  public static final long MAX_SKEW_SECONDS = 120;

  public static final String PIECES = "/v1/pieces/";
  public static final String DEALS = "/v1/deals";
  public static final String TERMS = "/v1/terms";

  private ProviderHttp() {}
}
