package org.groundwork.networks.storage.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** The headers that make a request depend on what is there. */
final class Preconditions {
  private Preconditions() {}

  static void forReading(S3Request request, ObjectRecord object) throws S3Exception {
    check(request, "", object, S3Error.NotModified);
  }

  static void forCopying(S3Request request, ObjectRecord source) throws S3Exception {
    check(request, "x-amz-copy-source-", source, S3Error.PreconditionFailed);
  }

  /** As RFC 9110 orders them: a tag, where given, outweighs a date. */
  private static void check(
      S3Request request, String prefix, ObjectRecord object, S3Error unchanged) throws S3Exception {
    Instant modified = object.modified().truncatedTo(ChronoUnit.SECONDS);
    Optional<String> match = request.header(prefix + "if-match");
    Optional<String> noneMatch = request.header(prefix + "if-none-match");
    Optional<Instant> unmodifiedSince =
        request.header(prefix + "if-unmodified-since").flatMap(Preconditions::date);
    Optional<Instant> modifiedSince =
        request.header(prefix + "if-modified-since").flatMap(Preconditions::date);
    if (match.isPresent()) {
      require(matches(match.get(), object), S3Error.PreconditionFailed);
    } else if (unmodifiedSince.isPresent()) {
      require(!modified.isAfter(unmodifiedSince.get()), S3Error.PreconditionFailed);
    }
    if (noneMatch.isPresent()) {
      require(!matches(noneMatch.get(), object), unchanged);
    } else if (modifiedSince.isPresent()) {
      require(modified.isAfter(modifiedSince.get()), unchanged);
    }
  }

  private static void require(boolean holds, S3Error otherwise) throws S3Exception {
    if (!holds) {
      throw otherwise.exception();
    }
  }

  private static boolean matches(String tags, ObjectRecord object) {
    return Arrays.stream(tags.split(","))
        .map(tag -> unquote(tag.strip()))
        .anyMatch(tag -> tag.equals("*") || tag.equals(object.etag()));
  }

  /** A date that cannot be read is no condition. */
  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static Buckets.Condition forWriting(S3Request request) throws S3Exception {
    Optional<String> match = request.header("if-match");
    Optional<String> noneMatch = request.header("if-none-match");
    if (noneMatch.isPresent() && !noneMatch.get().strip().equals("*")) {
      throw S3Error.NotImplemented.exception("If-None-Match of a write can only be *.");
    }
    return object -> {
      if (noneMatch.isPresent() && object.isPresent()) {
        throw S3Error.PreconditionFailed.exception();
      }
      if (match.isPresent()) {
        require(
            matches(match.get(), object.orElseThrow(S3Error.NoSuchKey::exception)),
            S3Error.PreconditionFailed);
      }
    };
  }

  /** A delete may depend on what it deletes being there, and being this. */
  static Buckets.Condition forDeleting(S3Request request) {
    Optional<String> match = request.header("if-match");
    return object -> {
      if (match.isPresent()) {
        require(
            matches(match.get(), object.orElseThrow(S3Error.NoSuchKey::exception)),
            S3Error.PreconditionFailed);
      }
    };
  }

  static String unquote(String etag) {
    return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
        ? etag.substring(1, etag.length() - 1)
        : etag;
  }
}
