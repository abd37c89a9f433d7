package org.groundwork.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.agent.FolderFormat;
import org.groundwork.cli.local.FolderLock;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final String PASSWORD = "the password of all keys";
  private static final Duration PAUSE = Duration.ofSeconds(30);

  @TempDir private Path temporary;
  private Path folder;
  private Path target;
  private Path restored;

  BackupTest() {
    folder = Path.of("");
    target = folder;
    restored = folder;
  }

  @BeforeEach
  void lay() throws IOException {
    folder = temporary.resolve("net");
    target = temporary.resolve("backup");
    restored = temporary.resolve("restored");
    Files.createDirectories(folder.resolve("keys"));
    Files.createDirectories(folder.resolve("logs"));
    Files.createDirectories(folder.resolve("explorer"));
    Files.createDirectories(folder.resolve("customer/data/manifests/cache"));
    Files.writeString(folder.resolve("customer/data/manifests/one.manifest"), "where it is");
    Files.writeString(folder.resolve("customer/data/manifests/cache/ab.0"), "read again");
    Files.writeString(folder.resolve("deployment.json"), "{}");
    Files.writeString(folder.resolve("explorer/explorer.mv.db"), "made again");
    Files.writeString(folder.resolve("logs/up.log"), "said");
    Files.writeString(folder.resolve("keys/founder.json"), "encrypted");
    Files.writeString(folder.resolve("keys/password"), PASSWORD);
    for (String file : List.of("keys/founder.json", "keys/password")) {
      Files.setPosixFilePermissions(
          folder.resolve(file), PosixFilePermissions.fromString("rw-------"));
    }
    FolderFormat.check(folder);
  }

  private Backup.Made make(Backup.Custody custody) throws IOException {
    return new Backup(folder, Time.system()).make(target, custody, PAUSE, "1.0.0");
  }

  private Restore.Done restore(Optional<String> passphrase) throws IOException {
    return Restore.run(target, restored, passphrase, Time.system());
  }

  @Test
  void whatWasBackedUpIsThereAgain() throws IOException {
    make(new Backup.Custody.Sealed("a phrase"));
    restore(Optional.of("a phrase"));
    assertThat(restored.resolve("keys/founder.json")).hasContent("encrypted");
    assertThat(restored.resolve("keys/password")).hasContent(PASSWORD);
    assertThat(Files.getPosixFilePermissions(restored.resolve("keys/password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(restored.resolve("logs")).doesNotExist();
    assertThat(restored.resolve("explorer")).doesNotExist();
    assertThat(restored.resolve("customer/data/manifests/one.manifest")).hasContent("where it is");
    assertThat(restored.resolve("customer/data/manifests/cache")).doesNotExist();
    assertThat(FolderFormat.of(restored)).contains(FolderFormat.CURRENT);
  }

  @Test
  void aSealedBackupHoldsNoPlainSecret() throws IOException {
    make(new Backup.Custody.Sealed("a phrase"));
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(PASSWORD);
      }
    }
    assertThatIOException()
        .isThrownBy(() -> restore(Optional.of("another")))
        .withMessageContaining("passphrase is wrong");
    assertThatIOException()
        .isThrownBy(() -> restore(Optional.empty()))
        .withMessageContaining("give --passphrase-file");
    assertThat(restored).doesNotExist();
  }

  @Test
  void whatIsLeftOutIsNamed() throws IOException {
    make(new Backup.Custody.LeftOut());
    assertThat(restore(Optional.empty()).missing()).containsExactly("keys/password");
    assertThat(restored.resolve("keys/password")).doesNotExist();
  }

  @Test
  void coreutilsChecksTheSums() throws Exception {
    make(new Backup.Custody.Plain());
    Process check =
        new ProcessBuilder("sha256sum", "-c", "--strict", "SHA256SUMS")
            .directory(target.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said).contains("data/keys/founder.json: OK");
  }

  @Test
  void aDamagedBackupIsNotPutBack() throws IOException {
    make(new Backup.Custody.Plain());
    Files.writeString(target.resolve("data/keys/founder.json"), "encryptee");
    assertThatIOException()
        .isThrownBy(() -> restore(Optional.empty()))
        .withMessage("data/keys/founder.json differs from its sum: the backup is damaged");
    Files.delete(target.resolve("data/keys/founder.json"));
    assertThatIOException()
        .isThrownBy(() -> restore(Optional.empty()))
        .withMessage("data/keys/founder.json is missing: the backup is damaged");
    assertThat(restored).doesNotExist();
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    make(new Backup.Custody.Plain());
    assertThatIOException()
        .isThrownBy(() -> make(new Backup.Custody.Plain()))
        .withMessageContaining("exists already");
    Files.createDirectory(restored);
    Files.writeString(restored.resolve("mine"), "mine");
    assertThatIOException()
        .isThrownBy(() -> restore(Optional.empty()))
        .withMessageContaining("is not empty");
    assertThat(restored.resolve("mine")).hasContent("mine");
  }

  @Test
  void theSecondPassFindsWhatChangedAndWhatWent() throws IOException {
    Path to = temporary.resolve("copies");
    FileCopies copies = new FileCopies(folder, to, _ -> true, Time.system());
    copies.pass();
    Files.writeString(folder.resolve("keys/founder.json"), "encryptee");
    Files.delete(folder.resolve("logs/up.log"));
    Files.writeString(folder.resolve("fresh"), "new");
    copies.pass();
    assertThat(to.resolve("keys/founder.json")).hasContent("encryptee");
    assertThat(to.resolve("logs/up.log")).doesNotExist();
    assertThat(to.resolve("fresh")).hasContent("new");
  }

  @Test
  void anUpgradeTakesABackupOnce() throws IOException {
    Upgrade.Done done = Upgrade.run(folder, "1.0.0", Time.system());
    assertThat(done.backup()).contains(temporary.resolve("net.before-1.0.0"));
    assertThat(temporary.resolve("net.before-1.0.0/data/keys/password")).hasContent(PASSWORD);
    assertThat(Upgrade.run(folder, "1.0.0", Time.system()).backup()).isEmpty();
    assertThat(Upgrade.run(folder, "1.0.1", Time.system()).before()).isEqualTo("1.0.0");
  }

  @Test
  void goingBackIsRefused() throws IOException {
    Layouts.enter(folder, "1.10.0");
    assertThatIOException()
        .isThrownBy(() -> Upgrade.run(folder, "1.9.3", Time.system()))
        .withMessageContaining("was last run by version 1.10.0, and this is 1.9.3");
    Files.delete(folder.resolve(Layouts.VERSION));
    Files.writeString(folder.resolve(FolderFormat.NAME), "groundwork data 999\n");
    assertThatIOException()
        .isThrownBy(() -> Upgrade.run(folder, "1.9.3", Time.system()))
        .withMessageContaining("has layout 999");
  }

  @Test
  void aRunningNetworkIsNotUpgraded() throws IOException {
    try (FolderLock _ = FolderLock.take(folder)) {
      assertThatIOException()
          .isThrownBy(() -> Upgrade.run(folder, "1.0.0", Time.system()))
          .withMessageContaining("stop it for the upgrade");
    }
  }
}
