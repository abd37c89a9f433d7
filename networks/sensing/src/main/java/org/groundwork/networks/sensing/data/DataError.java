package org.groundwork.networks.sensing.data;

/** Why a customer is refused: an HTTP status, a stable code, a sentence. */
enum DataError {
  MALFORMED(400, "request.malformed", "The request cannot be read."),
  NOT_FOUND(404, "request.not-found", "There is nothing here."),
  TOO_LARGE(413, "request.too-large", "The request is too large."),
  TOO_MANY(413, "request.too-many", "The answer has too many rows; ask for a shorter time."),
  BUSY(503, "server.busy", "The server has too much to do; try again soon."),
  INTERNAL(500, "server.internal", "The server failed; its operator finds the cause in its log."),
  TOKEN_MISSING(
      401,
      "token.missing",
      "Send \"Authorization: Bearer TOKEN\"; groundwork data token makes one."),
  TOKEN_MALFORMED(401, "token.malformed", "The token cannot be read."),
  TOKEN_EXPIRED(401, "token.expired", "The token is over; groundwork data token makes another."),
  TOKEN_TOO_LONG(401, "token.too-long", "Tokens are good for a day at most."),
  TOKEN_WRONG_KEY(
      401,
      "token.wrong-key",
      "The token is not by the payer's key, or for another server or chain."),
  SCOPE_UNKNOWN(403, "scope.unknown", "This server does not have that purchase."),
  SCOPE_NOT_COVERED(403, "scope.not-covered", "The purchase does not have all of these cells."),
  SCOPE_OTHER_PRODUCT(403, "scope.other-product", "The purchase is for another product."),
  SCOPE_QUEUED(
      425,
      "scope.queued",
      "The purchase waits to be reported, behind others; it costs nothing until then."),
  SCOPE_REJECTED(
      402,
      "scope.rejected",
      "Results rejected the purchase again and again; nothing was charged for it. Buy again."),
  SCOPE_UNPAID(
      402, "scope.unpaid", "A result says that the reservation or cap did not suffice; buy again."),
  SCOPE_WRONG_KEY(403, "scope.wrong-key", "The payer did not sign this deal, or on another chain."),
  SCOPE_WRONG_NETWORK(403, "scope.wrong-network", "The deal is for another network."),
  SCOPE_WRONG_CELLS(
      400, "scope.wrong-cells", "A cell is no H3 cell of the resolution that the network sells."),
  SCOPE_WRONG_EPOCHS(
      400, "scope.wrong-epochs", "The deal is over, or for too many epochs, or too far ahead."),
  SCOPE_PRICE(402, "scope.price", "The network's price for a cell and epoch is higher."),
  SCOPE_CAP(402, "scope.cap", "The cap is less than the rate for all cells and epochs."),
  NO_RESERVATION(
      402, "reservation.unknown", "The chain does not show this reservation, or not yet for good."),
  RESERVATION_MISMATCH(
      402, "reservation.mismatch", "The reservation is of another payer or not for the pool."),
  RESERVATION_OVER(402, "reservation.over", "The reservation ends before the deal does."),
  RESERVATION_SMALL(
      402, "reservation.small", "The reservation has less than the caps of the deals on it.");

  private final int status;
  private final String code;
  private final String sentence;

  DataError(int status, String code, String sentence) {
    this.status = status;
    this.code = code;
    this.sentence = sentence;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String sentence() {
    return sentence;
  }

  DataException exception() {
    return new DataException(this, sentence);
  }

  /** With what exactly is wrong. */
  DataException exception(String detail) {
    return new DataException(this, sentence + " " + detail);
  }
}
