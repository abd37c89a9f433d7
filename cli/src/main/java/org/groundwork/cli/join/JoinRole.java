package org.groundwork.cli.join;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a joined machine does. The number is part of the token. */
public enum JoinRole {
  PROVIDER(0),
  VERIFIER(1),
  GATEWAY(2);

  private final int number;

  JoinRole(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Optional<JoinRole> of(int number) {
    return Arrays.stream(values()).filter(role -> role.number == number).findFirst();
  }

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<JoinRole> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
