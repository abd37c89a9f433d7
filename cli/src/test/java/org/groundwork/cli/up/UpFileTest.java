package org.groundwork.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.groundwork.cli.daemon.ConfigFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpFileTest {
  @TempDir private Path folder;

  private static UpSetup parse(String text) throws IOException {
    return UpFile.parse(text.getBytes(StandardCharsets.UTF_8), "groundwork.toml");
  }

  private static void refused(String text, String sentence) {
    assertThatIOException().isThrownBy(() -> parse(text)).withMessage("groundwork.toml" + sentence);
  }

  @Test
  void theFileOfANewFolderShowsEveryKeyWithItsValue() throws IOException {
    String template = UpFile.template();
    assertThat(parse(template)).isEqualTo(UpSetup.STANDARD);
    for (Map.Entry<String, JsonNode> section : ConfigFile.tree(UpSetup.STANDARD).properties()) {
      assertThat(template).contains("[" + section.getKey() + "]");
      section
          .getValue()
          .fieldNames()
          .forEachRemaining(key -> assertThat(template).contains("\n" + key + " = "));
    }
  }

  @Test
  void aNewFolderKeepsWhatItWasLaidOutWith() throws IOException {
    UpSetup quick = UpSetup.STANDARD.with(UpSetup.STANDARD.network().quick(), false);
    assertThat(Machine.setup(folder, quick)).isEqualTo(quick);
    assertThat(Machine.setup(folder, UpSetup.STANDARD)).isEqualTo(quick);
    assertThat(Files.getPosixFilePermissions(folder.resolve(UpFile.NAME)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void keysThatAreLeftOutHaveTheirStandardValues() throws IOException {
    UpSetup setup = parse("[alerts]\nlow_credits = \"12.5\"\n");
    assertThat(setup.alerts().least().value()).isEqualTo("12500000000000000000");
    assertThat(setup.limits()).isEqualTo(UpSetup.STANDARD.limits());
  }

  @Test
  void anUnknownKeyNamesItsLineAndTheNearestOne() {
    refused(
        "[limits]\n\nnode_haep = 3\n",
        ":3: \"limits.node_haep\" is no key that is known here; did you mean \"node_heap\"?");
    refused(
        "[adresses]\n",
        ":1: \"adresses\" is no key that is known here; did you mean \"addresses\"?");
  }

  @Test
  void aValueOfAnotherKindIsRefused() {
    refused("[limits]\nnode_heap = \"512\"\n", ":2: \"limits.node_heap\" is a whole number");
    refused("[parts]\nstorage = 1\n", ":2: \"parts.storage\" is true or false");
    refused("[addresses]\nhost = 1\n", ":2: \"addresses.host\" is a text in quotes");
    refused("limits = 1\n", ":1: \"limits\" is a section: write it as [...]");
  }

  @Test
  void aValueOutOfRangeIsRefused() {
    refused(
        "[limits]\nnode_heap = 1\n",
        " cannot be used: node_heap is a number from 64 to 1048576, not 1");
    refused(
        "[addresses]\ndoor = \"here\"\n",
        " cannot be used: door is an address with a port, as 10.0.0.1:8443");
    refused(
        "[explorer]\ncertificate_file = \"tls.pem\"\n",
        " cannot be used: certificate_file and private_key_file are given together, or neither");
    refused(
        "[alerts]\nlow_credits = \"much\"\n",
        " cannot be used: low_credits is an amount of dollars, as \"12.50\"");
  }

  @Test
  void theWebhookIsNotShown() throws IOException {
    UpSetup setup = parse("[alerts]\nwebhook = \"https://example.org/s3cret\"\n");
    assertThat(setup.alerts().webhook()).isEqualTo("https://example.org/s3cret");
    assertThat(setup.toString()).doesNotContain("s3cret");
  }
}
