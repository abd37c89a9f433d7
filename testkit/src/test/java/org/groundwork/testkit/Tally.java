package org.groundwork.testkit;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How often each kind of command was accepted, and refused with which error. */
final class Tally {
  private static final String ACCEPTED = "";

  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

  /** Counts one command; the error is empty when it is accepted. */
  synchronized void add(String kind, String error) {
    counts.computeIfAbsent(kind, _ -> new TreeMap<>()).merge(error, 1, Integer::sum);
  }

  /** The kinds that were accepted, and "KIND ERROR" for each error of a kind. */
  synchronized Set<String> seen() {
    Set<String> seen = new TreeSet<>();
    counts.forEach(
        (kind, errors) -> errors.keySet().forEach(e -> seen.add((kind + " " + e).strip())));
    return seen;
  }

  /** A line for each kind: accepted, refused, and with what. */
  synchronized String table() {
    StringBuilder table = new StringBuilder();
    table.append("%-42s %8s %8s  %s%n".formatted("command", "accepted", "refused", "errors"));
    counts.forEach((kind, errors) -> {
      int accepted = errors.getOrDefault(ACCEPTED, 0);
      int all = errors.values().stream().mapToInt(Integer::intValue).sum();
      String refusals =
          errors.entrySet().stream()
              .filter(entry -> !entry.getKey().equals(ACCEPTED))
              .sorted(Comparator.comparing(Map.Entry<String, Integer>::getValue).reversed())
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining(", "));
      table.append("%-42s %8d %8d  %s%n".formatted(kind, accepted, all - accepted, refusals));
    });
    return table.toString();
  }
}
