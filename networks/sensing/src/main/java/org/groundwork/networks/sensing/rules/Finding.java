package org.groundwork.networks.sensing.rules;

/**
 * Something that is wrong with a series.
 *
 * @param field index of the field, {@link #ALL} for the whole device
 * @param from Unix second of the first value
 * @param to Unix second at which it was over
 */
public record Finding(int field, long from, long to, SensingReason reason, String evidence) {
  /** No single field. */
  public static final int ALL = -1;
}
