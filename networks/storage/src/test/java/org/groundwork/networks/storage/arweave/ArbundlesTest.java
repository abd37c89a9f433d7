package org.groundwork.networks.storage.arweave;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.groundwork.networks.storage.content.NodeScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArbundlesTest {
  @TempDir private Path folder;

  /** Signs by three types, uploads, verifies receipts and what comes back, searches by tag. */
  @Test
  void theReferenceClientUploadsVerifiesAndFindsItsItems() throws Exception {
    try (Gateway gateway = new Gateway(folder, 1 << 20)) {
      assertThat(NodeScript.run(folder, "upload-items.mjs", gateway.url()))
          .isEqualTo("3 items, 3 in a bundle");
      assertThat(gateway.ids("tags: [{name: \"Made-By\", values: [\"arbundles\"]}]")).hasSize(3);
    }
  }
}
