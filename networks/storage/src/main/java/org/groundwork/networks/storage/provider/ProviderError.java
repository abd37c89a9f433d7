package org.groundwork.networks.storage.provider;

/** What a request to a provider can fail with: a closed set, stable codes. */
public enum ProviderError {
  MALFORMED(400, "request.malformed", "The request cannot be read."),
  UNSIGNED(401, "request.unsigned", "The request is not signed by its account, or too old."),
  OWED(402, "egress.unpaid", "The voucher does not pay for this."),
  WORTHLESS(402, "egress.voucher", "The voucher is worth nothing to this provider."),
  NO_RESERVATION(403, "deal.no-reservation", "The account has no reservation for this provider."),
  NOT_FOUND(404, "request.not-found", "There is nothing here."),
  NO_PIECE(404, "piece.unknown", "The provider does not have this piece."),
  NO_DEAL(404, "deal.unknown", "The provider does not know this deal."),
  NOT_HELD(409, "deal.piece-missing", "Upload the piece before its deal."),
  OLD_ROOT(409, "root.old", "The provider has a newer metadata root of this account."),
  DAMAGED(410, "piece.damaged", "The provider's copy of this piece is damaged."),
  LENGTH(411, "piece.length", "The request must announce exactly the piece's bytes."),
  TOO_LARGE(413, "piece.too-large", "The piece is larger than this provider takes."),
  BAD_RANGE(416, "piece.range", "The piece does not have these bytes."),
  WRONG_CONTENT(422, "piece.wrong-content", "The bytes are not those of this piece."),
  BAD_DEAL(422, "deal.terms", "The provider does not take this deal."),
  ABOVE_RESERVATION(422, "deal.above-reservation", "The reservation does not cover this deal."),
  LEAVING(422, "storage.leaving", "The provider is leaving and takes nothing new."),
  REFUSED(502, "deal.refused", "The gateways refused the deal's report."),
  UNPROMISED(503, "deal.unpromised", "No gateway has promised the report yet; ask again."),
  BUSY(503, "request.busy", "The provider cannot take more now; try again."),
  CHAIN(503, "request.chain", "The provider cannot reach the chain now; try again."),
  FULL(507, "storage.full", "The provider has no room for this piece."),
  INTERNAL(500, "request.failed", "The provider could not do this; its log says why.");

  private final int status;
  private final String code;
  private final String sentence;

  ProviderError(int status, String code, String sentence) {
    this.status = status;
    this.code = code;
    this.sentence = sentence;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String sentence() {
    return sentence;
  }

  ProviderException exception() {
    return new ProviderException(this, sentence);
  }

  ProviderException exception(String detail) {
    return new ProviderException(this, sentence + " " + detail);
  }
}
