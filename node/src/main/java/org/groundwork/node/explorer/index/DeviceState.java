package org.groundwork.node.explorer.index;

import java.util.Locale;
import java.util.Optional;

/** How a device stood in an epoch, in the order of the numbers. */
public enum DeviceState {
  /** No epoch has said anything of it. */
  REGISTERED(0),
  /** This epoch says nothing of it. */
  SILENT(1),
  /** It reported or owed something, and nothing counted. */
  FAILING(2),
  /** Something counted. */
  PROVEN(3),
  /** Its service was paid. */
  PAID(4);

  private static final DeviceState[] ALL = values();

  private final int number;

  DeviceState(int number) {
    this.number = number;
  }

  /** In the database. */
  public int number() {
    return number;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static DeviceState of(int number) {
    return ALL[number];
  }

  public static Optional<DeviceState> of(String code) {
    for (DeviceState state : ALL) {
      if (state.code().equals(code)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
