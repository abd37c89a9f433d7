package org.groundwork.networks.sensing.definition;

import java.util.Comparator;

/**
 * Something wrong in a definition file.
 *
 * @param line from 1
 * @param column from 1
 * @param field its key with the sections around it, such as {@code fields.pm25.max}; may be empty
 * @param problem what is wrong, in one sentence
 * @param fix what to write instead
 */
public record Mistake(int line, int column, String field, String problem, String fix)
    implements Comparable<Mistake> {
  private static final Comparator<Mistake> ORDER =
      Comparator.comparingInt(Mistake::line)
          .thenComparingInt(Mistake::column)
          .thenComparing(Mistake::field)
          .thenComparing(Mistake::problem);

  @Override
  public int compareTo(Mistake other) {
    return ORDER.compare(this, other);
  }
}
