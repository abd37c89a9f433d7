package org.groundwork.node.gateway;

import java.time.Duration;
import java.util.Optional;

/** Why a gateway does not take a report: a closed set with stable codes. */
public enum Refusal {
  MALFORMED("refused.malformed", "The report is not in its canonical encoding."),
  TOO_LARGE("refused.too-large", "The report is larger than this gateway takes."),
  WRONG_DEPLOYMENT("refused.wrong-deployment", "The report was signed for another deployment."),
  UNKNOWN_DEVICE(
      "refused.unknown-device", "No such device is registered; register it and try again."),
  WRONG_NETWORK(
      "refused.wrong-network",
      "The report names another network than its device is registered in."),
  WRONG_KEY("refused.wrong-key", "The report names another key than the registered one."),
  WRONG_SIGNATURE(
      "refused.wrong-signature", "The signature does not verify under the strict rules."),
  OTHER_DEVICE(
      "refused.other-device",
      "The topic, or the report, is of another device than the one that is connected."),
  OLD_EPOCH(
      "refused.old-epoch",
      "The report's sequence belongs to another epoch than the one that is open."),
  TOO_MANY("refused.too-many", "The device sends more reports than this gateway takes in a slot."),
  RATE_LIMITED(
      "refused.rate-limited",
      "Too many bad reports came from this address, or under this key; this one was not looked at."),
  BUSY("refused.busy", "The gateway cannot take more now; nothing was kept, send it again.");

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(5);

  private final String code;
  private final String sentence;

  Refusal(String code, String sentence) {
    this.code = code;
    this.sentence = sentence;
  }

  public String code() {
    return code;
  }

  public String sentence() {
    return sentence;
  }

  /** Whether the same report may be admitted later. */
  public boolean retry() {
    return retryAfter().isPresent();
  }

  /** How long to wait before sending the same report again; empty if that is of no use. */
  public Optional<Duration> retryAfter() {
    return switch (this) {
      case BUSY, UNKNOWN_DEVICE -> Optional.of(SOON);
      case TOO_MANY, RATE_LIMITED -> Optional.of(LATER);
      case MALFORMED,
          TOO_LARGE,
          WRONG_DEPLOYMENT,
          WRONG_NETWORK,
          WRONG_KEY,
          WRONG_SIGNATURE,
          OTHER_DEVICE,
          OLD_EPOCH ->
          Optional.empty();
    };
  }
}
