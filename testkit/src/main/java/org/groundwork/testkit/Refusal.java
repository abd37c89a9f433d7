package org.groundwork.testkit;

/** A command that the contracts revert, with the name of the custom error. */
final class Refusal extends RuntimeException {
  private final String error;

  Refusal(String error) {
    super(error, null, false, false);
    this.error = error;
  }

  String error() {
    return error;
  }

  /** Refuses unless a condition holds. */
  static void unless(boolean condition, String error) {
    if (!condition) {
      throw new Refusal(error);
    }
  }
}
