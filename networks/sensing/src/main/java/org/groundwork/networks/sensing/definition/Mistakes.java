package org.groundwork.networks.sensing.definition;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlParseError;
import org.tomlj.TomlPosition;

/** All that is wrong in one file, in the order of its lines. */
final class Mistakes {
  private final SortedSet<Mistake> found = new TreeSet<>();
  private boolean unreadableLines;

  void syntax(TomlParseError error) {
    unreadableLines = true;
    add(error.position(), "", "this is no TOML: " + error.getMessage(), hint(error));
  }

  private static String hint(TomlParseError error) {
    String said = String.valueOf(error.getMessage());
    return said.contains("already")
        ? "Give every key once."
        : "Write keys as name = value, texts in double quotes, sections as [name].";
  }

  void add(@Nullable TomlPosition at, String field, String problem, String fix) {
    found.add(
        new Mistake(at == null ? 1 : at.line(), at == null ? 1 : at.column(), field, problem, fix));
  }

  /** A key that is not there; nothing is missed in a file whose lines could not all be read. */
  void missing(@Nullable TomlPosition section, String field, String fix) {
    if (!unreadableLines) {
      add(section, field, "is missing", fix);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Mistake> list() {
    return List.copyOf(found);
  }
}
