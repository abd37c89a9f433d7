package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The three ways in which clients list objects. */
final class ListOperations {
  static final int MAX_KEYS = 1000;

  private final Buckets buckets;
  private final S3Config config;

  ListOperations(Buckets buckets, S3Config config) {
    this.buckets = buckets;
    this.config = config;
  }

  /** How names are written: as they are, or percent-encoded for what XML cannot hold. */
  record Names(boolean url) {
    static Names of(S3Request request) throws S3Exception {
      Optional<String> type = request.parameter("encoding-type").filter(t -> !t.isEmpty());
      if (type.isPresent() && !type.get().equals("url")) {
        throw S3Error.InvalidArgument.exception("Invalid Encoding Method specified in Request");
      }
      return new Names(type.isPresent());
    }

    String write(String name) {
      return url ? Percent.encodePath(name) : name;
    }
  }

  Answer versionOne(Call call) throws S3Exception {
    S3Request request = call.request();
    Names names = Names.of(request);
    Listing.Query query = query(call, request.parameter("marker").orElse(""));
    Listing listing = buckets.list(call.bucket(), query);
    XmlWriter xml = XmlWriter.root("ListBucketResult");
    head(xml, call, query, names, listing);
    xml.text("Marker", names.write(query.after()));
    if (listing.truncated() && !query.delimiter().isEmpty()) {
      xml.text("NextMarker", names.write(listing.last()));
    }
    contents(xml, listing, names, true);
    return Answer.document(xml);
  }

  Answer versionTwo(Call call) throws S3Exception {
    S3Request request = call.request();
    Names names = Names.of(request);
    String startAfter = request.parameter("start-after").orElse("");
    Optional<String> token = request.parameter("continuation-token");
    String after =
        token.isPresent() && !token.get().isEmpty() ? fromToken(token.get()) : startAfter;
    Listing.Query query = query(call, after);
    Listing listing = buckets.list(call.bucket(), query);
    XmlWriter xml = XmlWriter.root("ListBucketResult");
    head(xml, call, query, names, listing);
    xml.number("KeyCount", listing.objects().size() + listing.commonPrefixes().size());
    token.ifPresent(text -> xml.text("ContinuationToken", text));
    if (listing.truncated()) {
      xml.text("NextContinuationToken", toToken(listing.last()));
    }
    if (!startAfter.isEmpty()) {
      xml.text("StartAfter", names.write(startAfter));
    }
    boolean owner = request.parameter("fetch-owner").orElse("").equals("true");
    contents(xml, listing, names, owner);
    return Answer.document(xml);
  }

  /** There are no versions, so every object is its own only one, called null. */
  Answer versions(Call call) throws S3Exception {
    Names names = Names.of(call.request());
    Listing.Query query = query(call, call.request().parameter("key-marker").orElse(""));
    Listing listing = buckets.list(call.bucket(), query);
    XmlWriter xml = XmlWriter.root("ListVersionsResult");
    head(xml, call, query, names, listing);
    xml.text("KeyMarker", names.write(query.after())).text("VersionIdMarker", "");
    if (listing.truncated()) {
      xml.text("NextKeyMarker", names.write(listing.last())).text("NextVersionIdMarker", "null");
    }
    for (Listing.Entry entry : listing.objects()) {
      xml.start("Version").text("VersionId", "null").flag("IsLatest", true);
      object(xml, entry, names, true);
    }
    commonPrefixes(xml, listing, names);
    return Answer.document(xml);
  }

  private static Listing.Query query(Call call, String after) throws S3Exception {
    return new Listing.Query(
        call.request().parameter("prefix").orElse(""),
        call.request().parameter("delimiter").orElse(""),
        after,
        call.number("max-keys", MAX_KEYS, MAX_KEYS));
  }

  private static void head(
      XmlWriter xml, Call call, Listing.Query query, Names names, Listing listing) {
    xml.text("Name", call.bucket()).text("Prefix", names.write(query.prefix()));
    if (!query.delimiter().isEmpty()) {
      xml.text("Delimiter", names.write(query.delimiter()));
    }
    xml.number("MaxKeys", query.max());
    if (names.url()) {
      xml.text("EncodingType", "url");
    }
    xml.flag("IsTruncated", listing.truncated());
  }

  private void contents(XmlWriter xml, Listing listing, Names names, boolean owner) {
    for (Listing.Entry entry : listing.objects()) {
      xml.start("Contents");
      object(xml, entry, names, owner);
    }
    commonPrefixes(xml, listing, names);
  }

  private void object(XmlWriter xml, Listing.Entry entry, Names names, boolean owner) {
    xml.text("Key", names.write(entry.key()))
        .text("LastModified", ObjectHeaders.xmlDate(entry.object().modified()))
        .quoted("ETag", entry.object().etag())
        .number("Size", entry.object().size())
        .text("StorageClass", "STANDARD");
    if (owner) {
      BucketOperations.owner(xml, "Owner", config.owner());
    }
    xml.end();
  }

  private static void commonPrefixes(XmlWriter xml, Listing listing, Names names) {
    for (String prefix : listing.commonPrefixes()) {
      xml.start("CommonPrefixes").text("Prefix", names.write(prefix)).end();
    }
  }

  private static String toToken(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  private static String fromToken(String token) throws S3Exception {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Error.InvalidArgument.exception("The continuation token provided is incorrect");
    }
  }
}
