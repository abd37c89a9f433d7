package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature V4, the arithmetic of it: from a request's parts to a signature. */
final class SigV4 {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
  static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final HexFormat HEX = HexFormat.of();

  private SigV4() {}

  /** Where and when a derived key is good: the part of a credential after the access key. */
  record Scope(String date, String region, String service) {
    @Override
    public String toString() {
      return date + "/" + region + "/" + service + "/aws4_request";
    }
  }

  static String canonicalQuery(List<S3Request.Parameter> query) {
    var pairs = new ArrayList<S3Request.Parameter>(query.size());
    for (S3Request.Parameter p : query) {
      pairs.add(new S3Request.Parameter(Percent.encode(p.name()), Percent.encode(p.value())));
    }
    pairs.sort(
        Comparator.comparing(S3Request.Parameter::name).thenComparing(S3Request.Parameter::value));
    var out = new StringBuilder();
    for (S3Request.Parameter p : pairs) {
      out.append(out.isEmpty() ? "" : "&").append(p.name()).append('=').append(p.value());
    }
    return out.toString();
  }

  /**
   * @param path decoded; S3 encodes it once
   * @param signed the signed headers alone, lower-case
   */
  static String canonicalRequest(
      String method,
      String path,
      List<S3Request.Parameter> query,
      SortedMap<String, String> signed,
      String payloadHash) {
    var out = new StringBuilder(512);
    out.append(method).append('\n');
    out.append(Percent.encodePath(path)).append('\n');
    out.append(canonicalQuery(query)).append('\n');
    signed.forEach((name, value) -> out.append(name).append(':').append(trim(value)).append('\n'));
    out.append('\n').append(String.join(";", signed.keySet())).append('\n').append(payloadHash);
    return out.toString();
  }

  /** No space around, single spaces inside. */
  private static String trim(String value) {
    return value.strip().replaceAll(" +", " ");
  }

  static String stringToSign(String timestamp, Scope scope, String canonicalRequest) {
    return ALGORITHM
        + "\n"
        + timestamp
        + "\n"
        + scope
        + "\n"
        + HEX.formatHex(sha256().digest(canonicalRequest.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] signingKey(String secret, Scope scope) {
    byte[] key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope.date());
    key = hmac(key, scope.region());
    key = hmac(key, scope.service());
    return hmac(key, "aws4_request");
  }

  static String sign(byte[] signingKey, String stringToSign) {
    return HEX.formatHex(hmac(signingKey, stringToSign));
  }

  /** Compares in a time that does not depend on where the two differ. */
  static boolean equal(String computed, String given) {
    return MessageDigest.isEqual(
        computed.getBytes(StandardCharsets.UTF_8),
        given.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  static MessageDigest sha256() {
    return digest("SHA-256");
  }

  static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
