package org.groundwork.networks.storage.ipld;

import java.util.Arrays;
import java.util.Optional;

/** How a file becomes a DAG: the settings that decide its CID. Named as other tools name them. */
public enum Profile {
  /** What IPFS did for its first ten years. */
  KUBO_LEGACY_CID_V0("kubo-legacy-cid-v0", 0, false, 256 << 10, 174),
  KUBO_CID_V1_256K("kubo-cidv1-256k", 1, true, 256 << 10, 174),
  KUBO_TEST_CID_V1("kubo-test-cid-v1", 1, true, 1 << 20, 174),
  /** What implementations agreed on in 2025. */
  UNIXFS_V1_2025("unixfs-v1-2025", 1, true, 1 << 20, 1024);

  private final String title;
  private final int version;
  private final boolean rawLeaves;
  private final int chunkBytes;
  private final int width;

  Profile(String title, int version, boolean rawLeaves, int chunkBytes, int width) {
    this.title = title;
    this.version = version;
    this.rawLeaves = rawLeaves;
    this.chunkBytes = chunkBytes;
    this.width = width;
  }

  public static Optional<Profile> named(String title) {
    return Arrays.stream(values()).filter(profile -> profile.title.equals(title)).findFirst();
  }

  int cidVersion() {
    return version;
  }

  /** Whether leaves are the file's bytes alone, or DAG-PB around them. */
  boolean rawLeaves() {
    return rawLeaves;
  }

  int chunkBytes() {
    return chunkBytes;
  }

  /** Links of a node at most. */
  int width() {
    return width;
  }

  @Override
  public String toString() {
    return title;
  }
}
