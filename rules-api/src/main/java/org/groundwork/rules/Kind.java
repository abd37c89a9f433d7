package org.groundwork.rules;

import java.util.regex.Pattern;

/** The kind of a resource network, such as {@code storage}: lower case, digits and hyphens. */
public record Kind(String name) implements Comparable<Kind> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public Kind {
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of a kind: " + name);
    }
  }

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  @Override
  public int compareTo(Kind other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
