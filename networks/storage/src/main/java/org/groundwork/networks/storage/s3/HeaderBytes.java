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
 * write and read Latin-1, those in Go UTF-8; boto3 and aws-cli write UTF-8 and read Latin-1.
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
    for (var header : headers.entrySet()) {
      Optional<String> text = utf8(header.getValue());
      if (text.isEmpty()) {
        return Optional.empty();
      }
      texts.put(header.getKey(), text.get());
    }
    return Optional.of(texts);
  }

  /** The same headers for a client that writes UTF-8 and reads Latin-1. */
  static SortedMap<String, String> forLatin1Reader(SortedMap<String, String> headers) {
    var latin1 = new TreeMap<String, String>();
    for (var header : headers.entrySet()) {
      String text = utf8(header.getValue()).orElse(header.getValue());
      boolean fits = text.chars().allMatch(c -> c <= LAST_BYTE);
      latin1.put(header.getKey(), fits ? text : header.getValue());
    }
    return latin1;
  }

  private static Optional<String> utf8(String value) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(bytes(value));
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
