package org.groundwork.rules;

/** The kind of a resource network, such as {@code storage}: lower case, digits and hyphens. */
public record Kind(String name) implements Comparable<Kind> {
  public Kind {
    if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException("not the name of a kind: " + name);
    }
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
