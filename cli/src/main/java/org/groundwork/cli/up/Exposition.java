package org.groundwork.cli.up;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus' text format, version 0.0.4: samples of one name together, under one type. Takes texts
 * of others in, whose samples get the name of their part as a label.
 */
final class Exposition {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})?\\s+(\\S+)(?:\\s+[0-9]+)?");
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");

  /** The lines of one family. */
  private static final class Family {
    private final Map<String, String> comments = new LinkedHashMap<>();
    private final List<String> samples = new ArrayList<>();
  }

  private final SequencedMap<String, Family> families = new LinkedHashMap<>();

  /** A number of this program. */
  Exposition gauge(String name, String help, String labels, Object value) {
    Family family = family(name);
    family.comments.put("HELP", help);
    family.comments.put("TYPE", name.endsWith("_total") ? "counter" : "gauge");
    family.samples.add(name + braces(labels) + " " + value);
    return this;
  }

  /** Lines that a part publishes; those that are none are left out. */
  Exposition add(String part, String text) {
    String typed = "";
    for (String line : text.lines().toList()) {
      Matcher comment = COMMENT.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (comment.matches()) {
        typed = comment.group(2);
        family(typed).comments.putIfAbsent(comment.group(1), comment.group(3));
      } else if (sample.matches()) {
        String name = sample.group(1);
        String family = !typed.isEmpty() && name.startsWith(typed) ? typed : name;
        String inner = sample.group(2) == null ? "" : sample.group(2);
        String labels = label("part", part) + (inner.isEmpty() ? "" : "," + inner);
        family(family).samples.add(name + braces(labels) + " " + sample.group(3));
      }
    }
    return this;
  }

  private Family family(String name) {
    return families.computeIfAbsent(name, _ -> new Family());
  }

  private static String braces(String labels) {
    return labels.isEmpty() ? "" : "{" + labels + "}";
  }

  /** A label as the format writes it. */
  static String label(String name, String value) {
    return name
        + "=\""
        + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + "\"";
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    families.forEach((name, family) -> {
      family.comments.forEach((kind, text) ->
          out.append("# ")
              .append(kind)
              .append(' ')
              .append(name)
              .append(' ')
              .append(text)
              .append('\n'));
      family.samples.forEach(sample -> out.append(sample).append('\n'));
    });
    return out.toString();
  }
}
