package org.groundwork.node.gateway;

/** Why a gateway does not take a report: a closed set with stable codes. */
public enum Refusal {
  MALFORMED("refused.malformed", "The report is not in its canonical encoding.", false),
  TOO_LARGE("refused.too-large", "The report is larger than this gateway takes.", false),
  WRONG_DEPLOYMENT(
      "refused.wrong-deployment", "The report was signed for another deployment.", false),
  UNKNOWN_DEVICE(
      "refused.unknown-device", "No such device is registered; register it and try again.", true),
  WRONG_NETWORK(
      "refused.wrong-network",
      "The report names another network than its device is registered in.",
      false),
  WRONG_KEY("refused.wrong-key", "The report names another key than the registered one.", false),
  WRONG_SIGNATURE(
      "refused.wrong-signature", "The signature does not verify under the strict rules.", false),
  OLD_EPOCH(
      "refused.old-epoch",
      "The report's sequence belongs to another epoch than the one that is open.",
      false),
  TOO_MANY(
      "refused.too-many", "The device sends more reports than this gateway takes in a slot.", true),
  BUSY("refused.busy", "The gateway cannot take more now; nothing was kept, send it again.", true);

  private final String code;
  private final String sentence;
  private final boolean retry;

  Refusal(String code, String sentence, boolean retry) {
    this.code = code;
    this.sentence = sentence;
    this.retry = retry;
  }

  public String code() {
    return code;
  }

  public String sentence() {
    return sentence;
  }

  /** Whether the same report may be admitted later. */
  public boolean retry() {
    return retry;
  }
}
