package org.groundwork.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packages are sound. They are built, and run, with the property {@code groundwork.packages}:
 * that takes minutes.
 */
class PackagingTest {
  private static final Path PACKAGING = Repository.root().resolve("packaging");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^Exec\\w+=/usr/bin/groundwork (\\w+)");

  @TempDir private Path folder;

  private String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + said).isZero();
    return said;
  }

  @Test
  void theScriptsAreWellFormed() throws Exception {
    for (String script : List.of("tree", "deb", "image")) {
      assertThat(PACKAGING.resolve(script)).isExecutable();
      run("bash", "-n", PACKAGING.resolve(script).toString());
    }
    for (String script : List.of("groundwork", "postinst", "prerm")) {
      assertThat(PACKAGING.resolve("debian").resolve(script)).isExecutable();
      run("sh", "-n", PACKAGING.resolve("debian").resolve(script).toString());
    }
  }

  @Test
  void theServiceRunsCommandsThatExistAndMayDoLittleElse() throws Exception {
    Path unit = PACKAGING.resolve("debian/groundwork.service");
    String text = Files.readString(unit);
    Matcher command = COMMAND.matcher(text);
    List<String> commands = command.results().map(found -> found.group(1)).toList();
    assertThat(commands).containsExactly("upgrade", "up");
    assertThat(text)
        .contains(
            "DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "Restart=always");
    assertThat(Path.of("/usr/bin/systemd-analyze"))
        .as("install it with `apt-get install systemd`")
        .isExecutable();
    // 0 is no exposure, 10 all; in tenths.
    run("systemd-analyze", "security", "--offline=yes", "--threshold=20", unit.toString());
  }

  @Test
  void thePackageAndTheImageRun() throws Exception {
    assumeTrue(Boolean.getBoolean("groundwork.packages"), "-Dgroundwork.packages=true builds them");
    String deb = run(PACKAGING.resolve("deb").toString(), folder.toString());
    Path file = Path.of(deb.lines().toList().getLast());
    assertThat(run("dpkg-deb", "--info", file.toString())).contains("Package: groundwork");
    Path tree = folder.resolve("tree");
    run("dpkg-deb", "--extract", file.toString(), tree.toString());
    Path program = tree.resolve("usr/lib/groundwork");
    String version =
        run(
            program.resolve("runtime/bin/java").toString(),
            "-cp",
            program.resolve("lib") + "/*",
            "org.groundwork.cli.Main",
            "--version");
    assertThat(version).startsWith("groundwork ");
    // It runs the program in the image before it writes the archive.
    String image = run(PACKAGING.resolve("image").toString(), folder.toString());
    assertThat(image).contains("groundwork 0.");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString)).contains("groundwork.oci.tar");
    }
  }
}
