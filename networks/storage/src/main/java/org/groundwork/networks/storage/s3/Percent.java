package org.groundwork.networks.storage.s3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent encoding as Signature V4 wants it: unreserved characters stay, all else is UTF-8 hex. */
final class Percent {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Percent() {}

  static String encode(String text) {
    return encode(text, false);
  }

  static String encodePath(String text) {
    return encode(text, true);
  }

  private static String encode(String text, boolean keepSlash) {
    var out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (unreserved(c) || (keepSlash && c == '/')) {
        out.append(c);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static boolean unreserved(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  static String decodePath(String raw) throws S3Exception {
    return decode(raw, false);
  }

  /** Decodes a name or value of a query, where a plus is a space. */
  static String decodeQuery(String raw) throws S3Exception {
    return decode(raw, true);
  }

  private static String decode(String raw, boolean plusIsSpace) throws S3Exception {
    var out = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        out.write(hexPair(raw, i + 1));
        i += 2;
      } else if (c > 0xff) {
        throw S3Error.InvalidURI.exception();
      } else {
        out.write(plusIsSpace && c == '+' ? ' ' : c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw S3Error.InvalidURI.exception();
    }
  }

  private static int hexPair(String raw, int at) throws S3Exception {
    if (at + 2 > raw.length()
        || !HexFormat.isHexDigit(raw.charAt(at))
        || !HexFormat.isHexDigit(raw.charAt(at + 1))) {
      throw S3Error.InvalidURI.exception();
    }
    return HexFormat.fromHexDigits(raw, at, at + 2);
  }
}
