package org.groundwork.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Looks over the whole repository: links, absolute paths, sizes, named classes. */
class TidyTest {
  private static final Path ROOT = Repository.root();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern MACHINE_PATH =
      Pattern.compile("[\"' =(`](/home/|/root/|/work/|/Users/)");
  private static final Pattern CLASS_IN_RULES =
      Pattern.compile("`([A-Z][A-Za-z0-9]+)(?:\\.[a-z]\\w*)?`");
  private static final long MAX_BYTES = 5L << 20;

  @Test
  void linksInDocumentsLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : files(".md")) {
      Matcher link = LINK.matcher(Files.readString(file));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains("://") && !Files.exists(file.resolveSibling(target))) {
          broken.add(ROOT.relativize(file) + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void noFileNamesAPathOfSomebodysMachine() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file :
        files(".java", ".sol", ".md", ".json", ".xml", ".ts", ".sh", "groundwork", "run")) {
      if (file.endsWith("TidyTest.java")) {
        continue;
      }
      int number = 0;
      for (String line : Files.readString(file).lines().toList()) {
        number++;
        if (MACHINE_PATH.matcher(line).find()) {
          found.add(ROOT.relativize(file) + ":" + number + ": " + line.strip());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noFileIsHuge() throws IOException {
    List<String> huge = new ArrayList<>();
    for (Path file : files("")) {
      if (Files.size(file) > MAX_BYTES) {
        huge.add(ROOT.relativize(file) + ": " + Files.size(file) + " bytes");
      }
    }
    assertThat(huge).isEmpty();
  }

  @Test
  void classesNamedInTheProtocolExist() throws IOException {
    List<String> sources =
        files(".java", ".sol").stream().map(path -> path.getFileName().toString()).toList();
    List<String> gone = new ArrayList<>();
    for (String line : Files.readString(ROOT.resolve("docs/protocol.md")).lines().toList()) {
      if (!line.startsWith("|")) {
        continue;
      }
      Matcher name =
          CLASS_IN_RULES.matcher(line.substring(line.lastIndexOf('|', line.length() - 2)));
      while (name.find()) {
        if (!sources.contains(name.group(1) + ".java")
            && !sources.contains(name.group(1) + ".sol")) {
          gone.add(name.group(1));
        }
      }
    }
    assertThat(gone).isEmpty();
  }

  private static List<Path> files(String... endings) throws IOException {
    Process list =
        new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            .directory(ROOT.toFile())
            .start();
    String out = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<Path> files = new ArrayList<>();
    for (String name : out.split("\0", -1)) {
      Path file = ROOT.resolve(name);
      boolean wanted = false;
      for (String ending : endings) {
        wanted |= name.endsWith(ending);
      }
      if (wanted && Files.isRegularFile(file)) {
        files.add(file);
      }
    }
    assertThat(files).isNotEmpty();
    return files;
  }
}
