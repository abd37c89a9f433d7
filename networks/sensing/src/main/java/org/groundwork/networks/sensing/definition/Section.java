package org.groundwork.networks.sensing.definition;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** One table of the file; reads its keys and says what is wrong with each. */
final class Section {
  private final TomlTable table;
  private final String path;
  private final @Nullable TomlPosition position;
  private final Mistakes mistakes;
  private boolean faulty;

  Section(TomlTable table, String path, @Nullable TomlPosition position, Mistakes mistakes) {
    this.table = table;
    this.path = path;
    this.position = position;
    this.mistakes = mistakes;
  }

  @Nullable TomlPosition position() {
    return position;
  }

  String path() {
    return path;
  }

  TomlTable table() {
    return table;
  }

  Mistakes mistakes() {
    return mistakes;
  }

  boolean has(String key) {
    return table.contains(List.of(key));
  }

  String field(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  @Nullable TomlPosition positionOf(String key) {
    TomlPosition at = has(key) ? table.inputPositionOf(List.of(key)) : null;
    return at == null ? position : at;
  }

  /** Says that a key's value is wrong. */
  void wrong(String key, String problem, String fix) {
    faulty = true;
    mistakes.add(positionOf(key), field(key), problem, fix);
  }

  /** Whether something was found wrong in it. */
  boolean isFaulty() {
    return faulty;
  }

  void missing(String key, String fix) {
    faulty = true;
    mistakes.missing(position, field(key), fix);
  }

  /** Says which keys nobody knows. */
  void only(Collection<String> known) {
    for (String key : table.keySet()) {
      if (!known.contains(key)) {
        String fix =
            Nearest.of(key, known)
                .map(near -> "Did you mean \"" + near + "\"?")
                .orElse("Known here: " + String.join(", ", known) + ".");
        wrong(key, "is no key that is known here", fix);
      }
    }
  }

  /** A subsection; one without keys, if it is not there. */
  Optional<Section> section(String key) {
    return value(
            key,
            "a section [" + field(key) + "]",
            "Write it as a section.",
            value -> value instanceof TomlTable inner ? Optional.of(inner) : Optional.empty())
        .map(inner -> new Section(inner, field(key), positionOf(key), mistakes));
  }

  /** A key's value, if it is there and what it should be. */
  <T> Optional<T> value(
      String key, String what, String fix, Function<Object, Optional<T>> reading) {
    Object value = table.get(List.of(key));
    if (value == null) {
      return Optional.empty();
    }
    Optional<T> read = reading.apply(value);
    if (read.isEmpty()) {
      wrong(key, "is not " + what, fix);
    }
    return read;
  }

  Optional<String> text(String key, String fix) {
    return value(
        key,
        "a text in quotes",
        fix,
        value -> value instanceof String text ? Optional.of(text) : Optional.empty());
  }

  /** A whole number between two bounds. */
  Optional<Integer> whole(String key, int min, int max, String fix) {
    return value(
        key,
        "a whole number from " + min + " to " + max,
        fix,
        value ->
            value instanceof Long whole && whole >= min && whole <= max
                ? Optional.of(whole.intValue())
                : Optional.empty());
  }

  Optional<BigDecimal> number(String key, String fix) {
    return value(
        key,
        "a number (in quotes if it has more than " + Texts.EXACT_DIGITS + " digits)",
        fix,
        Texts::decimal);
  }

  /** A duration in seconds, above zero. */
  Optional<Long> duration(String key, String fix) {
    return value(
        key,
        "a duration such as \"30s\", \"5m\", \"4h\" or \"2d\"",
        fix,
        value ->
            value instanceof String text
                ? Texts.duration(text).filter(seconds -> seconds > 0)
                : Optional.empty());
  }

  /** A share in 1/10000. */
  Optional<Integer> percent(String key, String fix) {
    return value(
        key,
        "a share such as \"50%\", from 0% to 100%",
        fix,
        value -> value instanceof String text ? Texts.basisPoints(text) : Optional.empty());
  }
}
