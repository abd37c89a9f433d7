package org.groundwork.cli.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attacks as docs/security.md lists them: the only list there is. */
final class Catalogue {
  private static final Pattern ROW =
      Pattern.compile("^\\| (A\\d+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
  private static final String NOT_YET = "Does not apply yet:";

  private Catalogue() {}

  static List<Attack> read(Path home) throws IOException {
    Matcher rows = ROW.matcher(Files.readString(home.resolve("docs/security.md")));
    List<Attack> attacks = new ArrayList<>();
    while (rows.find()) {
      String defence = rows.group(3).strip();
      attacks.add(
          new Attack(rows.group(1), rows.group(2).strip(), defence, !defence.startsWith(NOT_YET)));
    }
    return List.copyOf(attacks);
  }
}
