package org.groundwork.networks.storage.s3;

import org.groundwork.protocol.Bytes;

/**
 * What an {@link ObjectStore} needs to find bytes again: a small manifest that only the store
 * understands, and the number of bytes behind it.
 */
public record Stored(Bytes manifest, long length) {
  /** A manifest is kept with the metadata of its object, so it must stay small. */
  public static final int MAX_MANIFEST_BYTES = 256 * 1024;

  public Stored {
    if (manifest.size() > MAX_MANIFEST_BYTES) {
      throw new IllegalArgumentException("manifest of " + manifest.size() + " bytes");
    }
    if (length < 0) {
      throw new IllegalArgumentException("length " + length);
    }
  }
}
