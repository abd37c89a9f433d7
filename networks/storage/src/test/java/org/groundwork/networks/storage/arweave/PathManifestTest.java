package org.groundwork.networks.storage.arweave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;

class PathManifestTest {
  private static final String PAGE = "cG7Hdi_iTQPoEYgQJFqJ8NMpN4KoZ-vH_j7pG4iP7NI";
  private static final String OTHER = "6UIYT_aLTYWLWqCeRRVOXQD8kOvhzzaYVYeVGxHb2Y0";

  static final String TEXT =
      """
      {"manifest": "arweave/paths", "version": "0.2.0", "index": {"path": "index.html"},
       "fallback": {"id": "%s"}, "paths": {"index.html": {"id": "%s"}}}
      """
          .formatted(OTHER, PAGE);

  private static PathManifest decode(String text) throws Malformed {
    return PathManifest.decode(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void pathsLeadToItemsNoneToTheIndexAndOthersToTheFallback() throws Malformed {
    PathManifest manifest = decode(TEXT);
    assertThat(manifest.find("index.html")).isEqualTo(Base64Url.id(PAGE));
    assertThat(manifest.find("")).isEqualTo(Base64Url.id(PAGE));
    assertThat(manifest.find("none")).isEqualTo(Base64Url.id(OTHER));
    assertThat(decode(TEXT.replace("fallback", "other")).find("none")).isEmpty();
  }

  @Test
  void whatIsNoManifestIsRefused() {
    for (String text :
        List.of(
            "",
            "[]",
            "{}",
            TEXT.replace("arweave/paths", "arweave/other"),
            TEXT.replace(PAGE, "short"),
            TEXT.replace("paths\": {", "path\": {"),
            "[".repeat(1000))) {
      assertThatThrownBy(() -> decode(text)).as(text).isInstanceOf(Malformed.class);
    }
  }
}
