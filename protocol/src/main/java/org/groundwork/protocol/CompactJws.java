package org.groundwork.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A report as a JSON Web Signature in the compact serialization (RFC 7515, 7.1), so that any JOSE
 * library can sign for a device: {@code BASE64URL(header) "." BASE64URL(payload) "."
 * BASE64URL(signature)}. The header is {@code {"alg":ALG,"kid":KID}}, without spaces and in this
 * order; ALG is {@code EdDSA} or {@code ES256}, and KID is base64url of what an encoded body has
 * before its payload: version, deployment, network, device, key hash, sequence. So text and body
 * say the same, and each has one form only.
 */
public final class CompactJws {
  /** Characters of the longest text. */
  public static final int MAX_LENGTH = 256 + (ReportBody.MAX_PAYLOAD + 2) / 3 * 4 + 2 + 86;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int SIGNATURE_LENGTH = 86;
  private static final String BEFORE_KEY_ID = "\",\"kid\":\"";
  private static final String BEFORE_ALGORITHM = "{\"alg\":\"";
  private static final String END = "\"}";

  private CompactJws() {}

  /** The text of a report in a JWS form, as ASCII. */
  public static Bytes encode(Report report) throws Malformed {
    ReportBody body = report.parse();
    if (body.form() == ReportBody.Form.BINARY) {
      throw new Malformed("the report was not signed as a JWS");
    }
    byte[] input = ReportBody.signingMessage(report.body());
    byte[] text = Arrays.copyOf(input, input.length + 1 + SIGNATURE_LENGTH);
    text[input.length] = '.';
    byte[] signature = ENCODER.encode(report.signature().unsafeArray());
    System.arraycopy(signature, 0, text, input.length + 1, SIGNATURE_LENGTH);
    return Bytes.wrap(text);
  }

  /**
   * The report that a text stands for; its signature is not verified.
   *
   * @throws Malformed if the text is not exactly what {@link #encode} makes of some report
   */
  public static Report decode(Bytes ascii) throws Malformed {
    if (ascii.size() > MAX_LENGTH) {
      throw new Malformed("a JWS of " + ascii.size() + " characters");
    }
    String text = new String(ascii.unsafeArray(), StandardCharsets.ISO_8859_1);
    String[] parts = text.split("\\.", 4);
    if (parts.length != 3) {
      throw new Malformed("a compact JWS has three parts, this has " + parts.length);
    }
    Bytes head = head(new String(bytes("header", parts[0]), StandardCharsets.ISO_8859_1));
    byte[] payload = bytes("payload", parts[1]);
    byte[] signature = bytes("signature", parts[2]);
    if (signature.length != Report.SIGNATURE_SIZE) {
      throw new Malformed("a signature has 64 bytes, not " + signature.length);
    }
    CanonicalWriter body = new CanonicalWriter(head.size() + 4 + payload.length);
    Report report =
        new Report(body.raw(head).bytes(Bytes.wrap(payload)).toBytes(), Bytes.wrap(signature));
    if (!encode(report).equals(ascii)) {
      throw new Malformed("the header is not exactly {\"alg\":ALG,\"kid\":KID}");
    }
    return report;
  }

  private static Bytes head(String header) throws Malformed {
    int at = header.indexOf(BEFORE_KEY_ID);
    if (!header.startsWith(BEFORE_ALGORITHM) || at < 0 || !header.endsWith(END)) {
      throw new Malformed("the header is not exactly {\"alg\":ALG,\"kid\":KID}");
    }
    int from = at + BEFORE_KEY_ID.length();
    byte[] head = bytes("kid", header.substring(from, Math.max(from, header.length() - 2)));
    if (head.length != ReportBody.HEAD_SIZE) {
      throw new Malformed(
          "kid stands for %d bytes, not %d".formatted(head.length, ReportBody.HEAD_SIZE));
    }
    return Bytes.wrap(head);
  }

  private static byte[] bytes(String what, String base64url) throws Malformed {
    try {
      return Base64.getUrlDecoder().decode(base64url);
    } catch (IllegalArgumentException e) {
      throw new Malformed("the " + what + " is not base64url: " + e.getMessage());
    }
  }

  /** What is signed: {@code ASCII(BASE64URL(header) "." BASE64URL(payload))}. */
  static byte[] signingInput(ReportBody.Form form, Bytes encodedBody) {
    int payloadFrom = ReportBody.HEAD_SIZE + 4;
    if (encodedBody.size() <= payloadFrom) {
      throw new IllegalArgumentException("a body of " + encodedBody.size() + " bytes");
    }
    byte[] content = encodedBody.unsafeArray();
    String keyId = ENCODER.encodeToString(Arrays.copyOf(content, ReportBody.HEAD_SIZE));
    String header = BEFORE_ALGORITHM + form.algorithm() + BEFORE_KEY_ID + keyId + END;
    byte[] first = ENCODER.encode(header.getBytes(StandardCharsets.US_ASCII));
    byte[] second = ENCODER.encode(Arrays.copyOfRange(content, payloadFrom, content.length));
    byte[] input = Arrays.copyOf(first, first.length + 1 + second.length);
    input[first.length] = '.';
    System.arraycopy(second, 0, input, first.length + 1, second.length);
    return input;
  }
}
