package org.groundwork.networks.storage.s3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of headers are bytes, kept and given back as they came: a string of them has one
 * character, at most U+00FF, for each. What they mean is the clients' matter: those in JavaScript
 * write and read Latin-1, those in Go UTF-8.
 */
final class HeaderBytes {
  private static final int LAST_BYTE = 0xff;

  private HeaderBytes() {}

  static boolean ascii(String value) {
    return value.chars().allMatch(c -> c < 0x80);
  }

  /** A text that comes from elsewhere, in UTF-8. */
  static String of(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** What goes over the wire. */
  static byte[] bytes(String value) {
    // What forms brought in an earlier version was kept as text.
    boolean text = value.chars().anyMatch(c -> c > LAST_BYTE);
    return value.getBytes(text ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  /** The same headers read as UTF-8; empty if that is no other reading, or none at all. */
  static Optional<SortedMap<String, String>> asUtf8(SortedMap<String, String> headers) {
    if (headers.values().stream().allMatch(HeaderBytes::ascii)) {
      return Optional.empty();
    }
    var texts = new TreeMap<String, String>();
    try {
      for (var header : headers.entrySet()) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(header.getValue()));
        texts.put(header.getKey(), StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
      }
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
    return Optional.of(texts);
  }
}
