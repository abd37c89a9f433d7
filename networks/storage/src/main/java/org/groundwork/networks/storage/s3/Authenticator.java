package org.groundwork.networks.storage.s3;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides whether a request was signed by the holder of a known secret, not long ago. A request
 * without any signature is nobody's; what nobody may do is decided elsewhere.
 */
final class Authenticator {
  static final Duration MAX_SKEW = Duration.ofMinutes(15);
  static final long MAX_PRESIGNED_SECONDS = Duration.ofDays(7).toSeconds();

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final int SHA256_HEX_DIGITS = 64;

  private final Users users;
  private final InstantSource clock;

  Authenticator(Users users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  /** What a request claims about its signature. */
  private record Claim(
      String accessKey,
      SigV4.Scope scope,
      String timestamp,
      List<String> signedHeaders,
      String signature,
      String payloadHash,
      List<S3Request.Parameter> query) {}

  Authenticated authenticate(S3Request request) throws S3Exception {
    if (request.header("authorization").isEmpty()
        && !request.has("X-Amz-Algorithm")
        && !request.has("AWSAccessKeyId")) {
      return new Authenticated(User.ANONYMOUS, unsignedPayload(request));
    }
    Claim claim = claim(request);
    SortedMap<String, String> signed = signedHeaders(request, claim);
    Users.Key known =
        users.key(claim.accessKey()).orElseThrow(S3Error.InvalidAccessKeyId::exception);
    byte[] key = SigV4.signingKey(known.secret(), claim.scope());
    String computed = signature(request, claim, signed, key);
    if (!SigV4.equal(computed, claim.signature())) {
      // Clients sign text; which one the bytes of a header are, they do not say.
      SortedMap<String, String> other =
          HeaderBytes.asUtf8(signed).orElseThrow(S3Error.SignatureDoesNotMatch::exception);
      computed = signature(request, claim, other, key);
    }
    if (!SigV4.equal(computed, claim.signature())) {
      throw S3Error.SignatureDoesNotMatch.exception();
    }
    return new Authenticated(known.user(), payload(claim, key, computed));
  }

  private static String signature(
      S3Request request, Claim claim, SortedMap<String, String> signed, byte[] key) {
    String canonical =
        SigV4.canonicalRequest(
            request.method(), request.path(), claim.query(), signed, claim.payloadHash());
    return SigV4.sign(key, SigV4.stringToSign(claim.timestamp(), claim.scope(), canonical));
  }

  /** Chunks that nobody signed; or else the body as it comes, under the hash that it names. */
  private static Authenticated.Payload unsignedPayload(S3Request request) {
    String hash = request.header("x-amz-content-sha256").orElse(SigV4.UNSIGNED_PAYLOAD);
    if (hash.startsWith("STREAMING-")) {
      return new Authenticated.Payload.Chunked(Optional.empty(), hash.endsWith("-TRAILER"));
    }
    return hash.length() == SHA256_HEX_DIGITS
        ? new Authenticated.Payload.Hashed(hash.toLowerCase(Locale.ROOT))
        : new Authenticated.Payload.Unsigned();
  }

  /**
   * Checks the signature over the policy of a form.
   *
   * @param policy as sent, in base64
   * @param credential access key and scope
   */
  User ofForm(String policy, String credential, String signature) throws S3Exception {
    String[] parts = credential.split("/", -1);
    if (parts.length != 5) {
      throw S3Error.AuthorizationQueryParametersError.exception("The credential is malformed.");
    }
    Users.Key known = users.key(parts[0]).orElseThrow(S3Error.InvalidAccessKeyId::exception);
    byte[] key = SigV4.signingKey(known.secret(), new SigV4.Scope(parts[1], parts[2], parts[3]));
    if (!SigV4.equal(SigV4.sign(key, policy), signature)) {
      throw S3Error.SignatureDoesNotMatch.exception();
    }
    return known.user();
  }

  private Claim claim(S3Request request) throws S3Exception {
    Optional<String> authorization = request.header("authorization");
    if (request.has("X-Amz-Algorithm")) {
      return presigned(request);
    }
    if (authorization.isEmpty()) {
      if (request.has("AWSAccessKeyId")) {
        throw versionTwo();
      }
      throw S3Error.AccessDenied.exception();
    }
    if (authorization.get().isBlank()) {
      throw S3Error.AccessDenied.exception();
    }
    if (authorization.get().startsWith("AWS ")) {
      throw versionTwo();
    }
    if (!authorization.get().startsWith(SigV4.ALGORITHM + " ")) {
      throw S3Error.AuthorizationHeaderMalformed.exception();
    }
    return inHeader(request, authorization.get().substring(SigV4.ALGORITHM.length() + 1));
  }

  private static S3Exception versionTwo() {
    return S3Error.InvalidRequest.exception(
        "The authorization mechanism that you provided is not supported. Please use "
            + SigV4.ALGORITHM
            + ".");
  }

  private Claim inHeader(S3Request request, String authorization) throws S3Exception {
    var fields = new TreeMap<String, String>();
    for (String field : authorization.split(",", 8)) {
      int equals = field.indexOf('=');
      if (equals < 0) {
        throw S3Error.AuthorizationHeaderMalformed.exception();
      }
      fields.put(field.substring(0, equals).strip(), field.substring(equals + 1).strip());
    }
    String timestamp = timestamp(request);
    Instant sent = instant(timestamp, S3Error.AccessDenied);
    if (Duration.between(sent, clock.instant()).abs().compareTo(MAX_SKEW) > 0) {
      throw S3Error.RequestTimeTooSkewed.exception();
    }
    String payloadHash =
        request
            .header("x-amz-content-sha256")
            .orElseThrow(() ->
                S3Error.InvalidRequest.exception(
                    "Missing required header for this request: x-amz-content-sha256"));
    return claim(
        fields.getOrDefault("Credential", ""),
        timestamp,
        fields.getOrDefault("SignedHeaders", ""),
        fields.getOrDefault("Signature", ""),
        payloadHash,
        request.query(),
        S3Error.AuthorizationHeaderMalformed);
  }

  private Claim presigned(S3Request request) throws S3Exception {
    S3Error malformed = S3Error.AuthorizationQueryParametersError;
    if (!request.parameter("X-Amz-Algorithm").equals(Optional.of(SigV4.ALGORITHM))) {
      throw malformed.exception("X-Amz-Algorithm only supports \"" + SigV4.ALGORITHM + "\"");
    }
    String timestamp = request.parameter("X-Amz-Date").orElse("");
    Instant from = instant(timestamp, malformed);
    long seconds = expiresSeconds(request.parameter("X-Amz-Expires").orElse(""));
    Instant now = clock.instant();
    if (now.isAfter(from.plusSeconds(seconds))) {
      throw S3Error.AccessDenied.exception("Request has expired");
    }
    if (from.isAfter(now.plus(MAX_SKEW))) {
      throw S3Error.AccessDenied.exception("Request is not valid yet");
    }
    return claim(
        request.parameter("X-Amz-Credential").orElse(""),
        timestamp,
        request.parameter("X-Amz-SignedHeaders").orElse(""),
        request.parameter("X-Amz-Signature").orElse(""),
        request
            .parameter("X-Amz-Content-Sha256")
            .or(() -> request.header("x-amz-content-sha256"))
            .orElse(SigV4.UNSIGNED_PAYLOAD),
        request.query().stream().filter(p -> !p.name().equals("X-Amz-Signature")).toList(),
        malformed);
  }

  private static long expiresSeconds(String text) throws S3Exception {
    long seconds;
    try {
      seconds = Long.parseLong(text);
    } catch (NumberFormatException e) {
      seconds = 0;
    }
    if (seconds < 1 || seconds > MAX_PRESIGNED_SECONDS) {
      throw S3Error.AuthorizationQueryParametersError.exception(
          "X-Amz-Expires must be between 1 and " + MAX_PRESIGNED_SECONDS + " seconds");
    }
    return seconds;
  }

  private static Claim claim(
      String credential,
      String timestamp,
      String signedHeaders,
      String signature,
      String payloadHash,
      List<S3Request.Parameter> query,
      S3Error malformed)
      throws S3Exception {
    // An access key may hold slashes; the scope is the last four fields.
    String[] fields = credential.split("/", -1);
    int scopeAt = fields.length - 4;
    if (scopeAt < 1
        || signature.isEmpty()
        || !fields[scopeAt + 2].equals("s3")
        || !fields[scopeAt + 3].equals("aws4_request")) {
      throw malformed.exception();
    }
    if (!timestamp.startsWith(fields[scopeAt] + "T")) {
      throw malformed.exception("The date in the credential is not that of the request.");
    }
    return new Claim(
        String.join("/", Arrays.copyOf(fields, scopeAt)),
        new SigV4.Scope(fields[scopeAt], fields[scopeAt + 1], fields[scopeAt + 2]),
        timestamp,
        List.of(signedHeaders.split(";")),
        signature,
        payloadHash,
        query);
  }

  private static SortedMap<String, String> signedHeaders(S3Request request, Claim claim)
      throws S3Exception {
    var signed = new TreeMap<String, String>();
    for (String name : claim.signedHeaders()) {
      signed.put(name, request.header(name).orElse(""));
    }
    if (!signed.containsKey("host")) {
      throw S3Error.AccessDenied.exception("The header host must be signed.");
    }
    for (String name : request.headers().keySet()) {
      if (name.startsWith("x-amz-") && !signed.containsKey(name)) {
        throw S3Error.AccessDenied.exception(
            "There were headers present in the request which were not signed: " + name);
      }
    }
    return signed;
  }

  private static Authenticated.Payload payload(Claim claim, byte[] key, String seed)
      throws S3Exception {
    String hash = claim.payloadHash();
    return switch (hash) {
      case SigV4.UNSIGNED_PAYLOAD -> new Authenticated.Payload.Unsigned();
      case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" ->
          new Authenticated.Payload.Chunked(Optional.empty(), true);
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" ->
          new Authenticated.Payload.Chunked(Optional.of(chain(claim, key, seed)), false);
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" ->
          new Authenticated.Payload.Chunked(Optional.of(chain(claim, key, seed)), true);
      default -> {
        if (hash.length() != SHA256_HEX_DIGITS) {
          throw S3Error.InvalidArgument.exception(
              "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING- value or a SHA-256.");
        }
        yield new Authenticated.Payload.Hashed(hash.toLowerCase(Locale.ROOT));
      }
    };
  }

  private static ChunkSignatures chain(Claim claim, byte[] key, String seed) {
    return new ChunkSignatures(key, claim.timestamp(), claim.scope(), seed);
  }

  private static String timestamp(S3Request request) throws S3Exception {
    Optional<String> amz = request.header("x-amz-date");
    if (amz.isPresent()) {
      return amz.get();
    }
    try {
      return TIMESTAMP.format(
          ZonedDateTime.parse(
                  request.header("date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME)
              .withZoneSameInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw noDate(S3Error.AccessDenied);
    }
  }

  private static Instant instant(String timestamp, S3Error otherwise) throws S3Exception {
    try {
      return LocalDateTime.parse(timestamp, TIMESTAMP).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw noDate(otherwise);
    }
  }

  private static S3Exception noDate(S3Error error) {
    return error.exception("Signing requires a valid Date or x-amz-date.");
  }
}
