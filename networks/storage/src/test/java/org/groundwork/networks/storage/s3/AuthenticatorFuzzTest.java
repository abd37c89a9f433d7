package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whatever a request says about its signature, it is refused with a code of S3's, or is nobody's if
 * it says nothing; the same request with a real signature is taken for its user's.
 */
class AuthenticatorFuzzTest {
  private static final String KEY = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String TIME = "20261121T120000Z";
  private static final SigV4.Scope SCOPE = new SigV4.Scope("20261121", "local", "s3");

  private final Authenticator authenticator =
      new Authenticator(
          Users.one(KEY, SECRET), InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z")));

  /** Lines: path, query, then headers. */
  @FuzzTest(maxDuration = "60s")
  void requestsAreRefusedUnlessTheyAreSigned(byte[] input) throws S3Exception {
    String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", -1);
    S3Request request;
    try {
      request = S3Request.parse("GET", lines[0], lines.length > 1 ? lines[1] : "", headers(lines));
    } catch (S3Exception refused) {
      return;
    }
    try {
      assertThat(authenticator.authenticate(request).user()).isEqualTo(User.ANONYMOUS);
    } catch (S3Exception refused) {
      assertThat(refused.error()).isNotNull();
    }
    if (!request.has("X-Amz-Algorithm")) {
      S3Request signed = signed(request);
      assertThat(authenticator.authenticate(signed).user()).isEqualTo(User.FIRST);
    }
  }

  private static SortedMap<String, String> headers(String[] lines) {
    SortedMap<String, String> headers = new TreeMap<>();
    for (int i = 2; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0 && lines[i].substring(0, colon).matches("[a-z0-9-]+")) {
        headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1));
      }
    }
    return headers;
  }

  private static S3Request signed(S3Request request) {
    SortedMap<String, String> headers = new TreeMap<>(request.headers());
    headers.remove("authorization");
    headers.put("host", "s3.example");
    headers.put("x-amz-date", TIME);
    headers.put("x-amz-content-sha256", SigV4.UNSIGNED_PAYLOAD);
    String canonical =
        SigV4.canonicalRequest(
            request.method(), request.path(), request.query(), headers, SigV4.UNSIGNED_PAYLOAD);
    String signature =
        SigV4.sign(SigV4.signingKey(SECRET, SCOPE), SigV4.stringToSign(TIME, SCOPE, canonical));
    String names = String.join(";", headers.keySet());
    headers.put(
        "authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(SigV4.ALGORITHM, KEY, SCOPE, names, signature));
    return new S3Request(request.method(), request.path(), request.query(), headers);
  }
}
