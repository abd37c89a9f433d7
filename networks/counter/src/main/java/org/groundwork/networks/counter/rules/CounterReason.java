package org.groundwork.networks.counter.rules;

import org.groundwork.rules.Reason;

/** The reasons of the counter network. */
enum CounterReason implements Reason {
  TOO_HIGH(64, "counter.too-high", "The reading is above the limit.", "Check the meter."),
  SILENT(65, "counter.silent", "No reading came in a slot of a deal.", "Keep the meter running."),
  SECOND(66, "counter.second", "Another device reported this deal first.", "Use one device."),
  BAD_DEAL(67, "counter.bad-deal", "The payer did not sign this deal.", "Ask for a signature."),
  BAD_VOUCHER(68, "counter.bad-voucher", "The payer did not sign this.", "Ask for a signature."),
  OUTLIER(69, "counter.outlier", "The cell's other meters read differently.", "Check the meter."),
  TOO_MANY_DEALS(70, "counter.too-many-deals", "The meter has its most deals.", "Take no more.");

  private final int number;
  private final String code;
  private final String happened;
  private final String remedy;

  CounterReason(int number, String code, String happened, String remedy) {
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
