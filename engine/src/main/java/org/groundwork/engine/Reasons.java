package org.groundwork.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.Reason;

/** The closed set of reasons of one network: the common ones and its own. */
public final class Reasons {
  private final Map<Integer, Reason> byNumber = new TreeMap<>();

  public Reasons(List<? extends Reason> own) {
    for (Reason reason : CommonReason.values()) {
      byNumber.put(reason.number(), reason);
    }
    for (Reason reason : own) {
      if (reason.number() < Reason.FIRST_OWN || reason.number() > Reason.LAST) {
        throw new IllegalArgumentException(reason.code() + " has number " + reason.number());
      }
      if (byNumber.putIfAbsent(reason.number(), reason) != null) {
        throw new IllegalArgumentException("two reasons have number " + reason.number());
      }
    }
  }

  public Optional<Reason> of(int number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  public Optional<Reason> of(String code) {
    return byNumber.values().stream().filter(reason -> reason.code().equals(code)).findFirst();
  }

  /**
   * A reason that rules gave.
   *
   * @throws IllegalStateException if it is none of the set
   */
  public Reason check(Reason given) {
    Reason known = byNumber.get(given.number());
    if (known == null || !known.code().equals(given.code())) {
      throw new IllegalStateException("a reason outside the closed set: " + given.code());
    }
    return given;
  }
}
