package org.groundwork.networks.storage.arweave;

import io.helidon.common.uri.UriEncoding;
import java.util.ArrayList;
import java.util.List;

/** The parts of a path. */
final class Segments {
  private static final int MAX_PARTS = 256;

  private Segments() {}

  /** Decoded, without empty ones. */
  static List<String> of(String rawPath) throws ItemRejected {
    List<String> parts = new ArrayList<>();
    for (String part : rawPath.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(decode(part));
      }
    }
    if (parts.size() > MAX_PARTS) {
      throw new ItemRejected(400, "The path has too many parts.");
    }
    return parts;
  }

  private static String decode(String part) throws ItemRejected {
    try {
      return UriEncoding.decodeUri(part);
    } catch (IllegalArgumentException e) {
      throw new ItemRejected(400, "The path is not percent-encoded UTF-8.");
    }
  }
}
