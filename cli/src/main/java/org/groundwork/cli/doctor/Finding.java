package org.groundwork.cli.doctor;

/**
 * What a check found.
 *
 * @param state in a few words
 * @param remedy what to do; empty if all is well
 */
public record Finding(String part, Grade grade, String state, String remedy) {
  /** How bad it is. */
  public enum Grade {
    OK,
    /** It works, but not as well as it could. */
    LACKING,
    /** Something fails because of it. */
    BAD
  }

  static Finding ok(String part, String state) {
    return new Finding(part, Grade.OK, state, "");
  }

  static Finding lacking(String part, String state, String remedy) {
    return new Finding(part, Grade.LACKING, state, remedy);
  }

  static Finding bad(String part, String state, String remedy) {
    return new Finding(part, Grade.BAD, state, remedy);
  }

  public boolean isBad() {
    return grade == Grade.BAD;
  }

  /** For a table. */
  public String text() {
    return switch (grade) {
      case OK -> state.isEmpty() ? "ok" : "ok: " + state;
      case LACKING -> state;
      case BAD -> "BAD: " + state;
    };
  }
}
