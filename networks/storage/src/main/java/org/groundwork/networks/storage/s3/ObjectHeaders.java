package org.groundwork.networks.storage.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which headers of an upload are kept with the object, and how an object is described by headers.
 */
final class ObjectHeaders {
  static final int MAX_USER_METADATA_BYTES = 2048;
  private static final String USER = "x-amz-meta-";

  private static final String DEFAULT_TYPE = "binary/octet-stream";

  private static final Set<String> KEPT =
      Set.of(
          "content-type",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "expires");

  /** What a client may ask for that would silently not be so. */
  private static final List<String> REFUSED =
      List.of(
          "x-amz-server-side-encryption",
          "x-amz-object-lock-",
          "x-amz-website-redirect-location",
          "x-amz-write-offset-bytes");

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ObjectHeaders() {}

  static void refuseUnsupported(S3Request request) throws S3Exception {
    for (String name : request.headers().keySet()) {
      if (REFUSED.stream().anyMatch(name::startsWith)) {
        throw S3Error.NotImplemented.exception("The header " + name + " is not implemented.");
      }
    }
    if (request.header("x-amz-bucket-object-lock-enabled").orElse("false").equals("true")) {
      throw S3Error.NotImplemented.exception("Object lock is not implemented.");
    }
    if (!request.header("x-amz-storage-class").orElse("STANDARD").equals("STANDARD")) {
      throw S3Error.InvalidStorageClass.exception("The only storage class is STANDARD.");
    }
  }

  static SortedMap<String, String> kept(S3Request request) throws S3Exception {
    var kept = new TreeMap<String, String>();
    kept.put("content-type", DEFAULT_TYPE);
    int userBytes = 0;
    for (var header : request.headers().entrySet()) {
      String name = header.getKey();
      String value = header.getValue();
      if (name.startsWith(USER)) {
        userBytes += name.length() - USER.length();
        userBytes += HeaderBytes.bytes(value).length;
        kept.put(name, value);
      } else if (KEPT.contains(name) && !value.isEmpty()) {
        kept.put(name, value);
      }
    }
    if (userBytes > MAX_USER_METADATA_BYTES) {
      throw S3Error.MetadataTooLarge.exception();
    }
    dropChunked(kept);
    return kept;
  }

  /** That a body came in chunks is not a property of the object. */
  private static void dropChunked(SortedMap<String, String> kept) {
    String given = kept.getOrDefault("content-encoding", "");
    if (!given.contains("aws-chunked")) {
      return;
    }
    String encodings =
        Arrays.stream(given.split(",", -1))
            .map(String::strip)
            .filter(encoding -> !encoding.isEmpty() && !encoding.equals("aws-chunked"))
            .collect(Collectors.joining(", "));
    if (encodings.isEmpty()) {
      kept.remove("content-encoding");
    } else {
      kept.put("content-encoding", encodings);
    }
  }

  /** What GET and HEAD say of an object. */
  static SortedMap<String, String> of(ObjectRecord object) {
    var headers = new TreeMap<>(object.headers());
    headers.putAll(versionOf(object));
    if (!object.owned().tags().isEmpty()) {
      headers.put("x-amz-tagging-count", Integer.toString(object.owned().tags().size()));
    }
    headers.put("etag", "\"" + object.etag() + "\"");
    headers.put("last-modified", HTTP_DATE.format(object.modified()));
    headers.put("accept-ranges", "bytes");
    return headers;
  }

  /** What an answer says of the version that was read or written; nothing without versioning. */
  static SortedMap<String, String> versionOf(ObjectRecord object) {
    var headers = new TreeMap<String, String>();
    if (object.version().sequence() > 0) {
      headers.put("x-amz-version-id", object.version().id());
    }
    return headers;
  }

  static String httpDate(Instant instant) {
    return HTTP_DATE.format(instant);
  }

  private static final DateTimeFormatter XML_DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  static String xmlDate(Instant instant) {
    return XML_DATE.format(instant);
  }
}
