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
  void whatThePageInstallsRuns() throws Exception {
    assumeTrue(Boolean.getBoolean("groundwork.packages"), "-Dgroundwork.packages=true builds them");
    assertThat(Path.of("/usr/bin/groundwork")).as("another one is installed").doesNotExist();
    Files.createSymbolicLink(folder.resolve("packaging"), PACKAGING);
    try {
      assertThat(install("deb")).contains("Usage: groundwork");
      assertThat(run("groundwork", "--version")).startsWith("groundwork 0.");
      keepsANetwork();
    } finally {
      run("apt-get", "remove", "--yes", "groundwork");
    }
    assertThat(Path.of("/usr/lib/groundwork")).doesNotExist();
    assertThat(install("image")).contains("groundwork 0.");
    theImageRuns();
  }

  /** Runs a block of the page's section "Install" where a checkout's folder is the current one. */
  private String install(String what) throws IOException, InterruptedException {
    String page = Files.readString(Repository.root().resolve("docs/operating.md"));
    Matcher block = Pattern.compile("(?ms)^```install " + what + "\\n(.*?)^```$").matcher(page);
    assertThat(block.find()).as(what).isTrue();
    return run("bash", "-euo", "pipefail", "-c", "cd " + folder + "\n" + block.group(1));
  }

  /** With what is installed alone: its Java, its chain, its page. */
  private void keepsANetwork() throws IOException, InterruptedException {
    Path log = folder.resolve("up.log");
    Process up =
        new ProcessBuilder("groundwork", "up", "--quick", "--dir", folder.resolve("net").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      String status = "groundwork status --dir net | tee status | grep --quiet \"Health: ok\"";
      run(
          "bash",
          "-c",
          """
          cd %s
          for i in $(seq 100); do
            kill -0 %d || break
            %s && grep explorer status && exit 0
            sleep 2
          done
          cat up.log status; exit 1\
          """
              .formatted(folder, up.pid(), status));
      String page =
          Files.readString(log)
              .lines()
              .filter(line -> line.startsWith("page and API"))
              .findFirst()
              .orElseThrow();
      String url = page.replaceFirst(".*http", "http").strip();
      assertThat(run("curl", "--fail", "--silent", url + "/")).containsIgnoringCase("<html");
      assertThat(run("curl", "--fail", "--silent", url + "/api/v1/health")).contains("\"index\"");
    } finally {
      up.destroy();
      up.waitFor();
    }
  }

  /** What the archive holds, as another program reads it. */
  private void theImageRuns() throws IOException, InterruptedException {
    assertThat(
            run(
                "bash",
                "-euo",
                "pipefail",
                "-c",
                """
                cd %s
                store="buildah --storage-driver vfs --root $PWD/read --runroot $PWD/run"
                container=$($store from oci-archive:dist/groundwork.oci.tar)
                $store inspect --format '{{.OCIv1.Config.Cmd}} {{.OCIv1.Config.User}}' $container
                $store run --isolation chroot $container -- \\
                  $($store inspect --format '{{range .OCIv1.Config.Entrypoint}}{{.}} {{end}}' $container) --version
                $store rm $container >/dev/null\
                """
                    .formatted(folder)))
        .contains("[up --dir /data/net] 65532:65532", "groundwork 0.");
  }
}
