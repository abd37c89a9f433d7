package org.groundwork.settlement;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A failure at the chain's edge: a stable code and a sentence for a person. */
public class SettlementException extends IOException {
  private final Failure failure;

  public SettlementException(Failure failure, String sentence) {
    this(failure, sentence, null);
  }

  public SettlementException(Failure failure, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.failure = failure;
  }

  public static SettlementException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new SettlementException(Failure.INTERRUPTED, "interrupted while waiting", cause);
  }

  public Failure failure() {
    return failure;
  }

  public String code() {
    return failure.code();
  }
}
