package org.groundwork.networks.sensing.rules;

import org.groundwork.rules.Reason;

/** The reasons of a sensing network. */
public enum SensingReason implements Reason {
  OUT_OF_RANGE(
      64,
      "sensing.out-of-range",
      "A value is outside of what can be true for its field.",
      "Check the sensor and its cable, and the unit and scale that the device reports in.");

  private final int number;
  private final String code;
  private final String happened;
  private final String remedy;

  SensingReason(int number, String code, String happened, String remedy) {
    this.number = number;
    this.code = code;
    this.happened = happened;
    this.remedy = remedy;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String happened() {
    return happened;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
