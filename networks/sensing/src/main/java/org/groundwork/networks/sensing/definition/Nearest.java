package org.groundwork.networks.sensing.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that somebody who mistyped probably meant. */
final class Nearest {
  private Nearest() {}

  /** The known word with the fewest changes, if they are at most half of its letters. */
  static Optional<String> of(String typed, Collection<String> known) {
    return known.stream()
        .sorted()
        .min(Comparator.comparingInt(word -> distance(word, typed)))
        .filter(word -> 2 * distance(word, typed) <= Math.max(word.length(), typed.length()));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
