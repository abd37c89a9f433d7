package org.groundwork.testkit;

import java.util.List;

/**
 * One reading of a contract and what the model says that it returns.
 *
 * @param expected the returned values in their order; empty with an {@code error}
 * @param error the custom error that the reading reverts with; empty if it returns
 */
public record View(
    String contract, String function, List<Object> arguments, List<Object> expected, String error) {
  public View {
    arguments = List.copyOf(arguments);
    expected = List.copyOf(expected);
  }

  static View of(String contract, String function, List<Object> arguments, Object... expected) {
    return new View(contract, function, arguments, List.of(expected), "");
  }

  static View refused(String contract, String function, List<Object> arguments, String error) {
    return new View(contract, function, arguments, List.of(), error);
  }
}
