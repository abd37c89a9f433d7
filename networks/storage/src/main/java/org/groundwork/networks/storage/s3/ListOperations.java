package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The three ways in which clients list objects. */
final class ListOperations {
  static final int MAX_KEYS = 1000;

  private final Buckets buckets;
  private final Access access;
  private final Users users;

  ListOperations(Buckets buckets, Access access, Users users) {
    this.buckets = buckets;
    this.access = access;
    this.users = users;
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
    access.bucket(call, "s3:ListBucket");
    S3Request request = call.request();
    Names names = Names.of(request);
    Listing.Query query = query(call, request.parameter("marker").orElse(""));
    Listing listing = buckets.list(call.bucket(), query);
    XmlWriter xml = XmlWriter.root("ListBucketResult");
    head(xml, call, query, names, listing.truncated());
    xml.text("Marker", names.write(query.after()));
    if (listing.truncated() && !query.delimiter().isEmpty()) {
      xml.text("NextMarker", names.write(listing.last()));
    }
    contents(xml, listing, names, true);
    return Answer.document(xml);
  }

  Answer versionTwo(Call call) throws S3Exception {
    access.bucket(call, "s3:ListBucket");
    S3Request request = call.request();
    Names names = Names.of(request);
    String startAfter = request.parameter("start-after").orElse("");
    Optional<String> token = request.parameter("continuation-token");
    String after =
        token.isPresent() && !token.get().isEmpty() ? fromToken(token.get()) : startAfter;
    Listing.Query query = query(call, after);
    Listing listing = buckets.list(call.bucket(), query);
    XmlWriter xml = XmlWriter.root("ListBucketResult");
    head(xml, call, query, names, listing.truncated());
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

  /** All versions; without versioning every object is its own only one, called null. */
  Answer versions(Call call) throws S3Exception {
    access.bucket(call, "s3:ListBucketVersions");
    Names names = Names.of(call.request());
    Listing.Query query = query(call, call.request().parameter("key-marker").orElse(""));
    String idMarker = call.request().parameter("version-id-marker").orElse("");
    VersionPage page = buckets.versions(call.bucket(), query, idMarker);
    XmlWriter xml = XmlWriter.root("ListVersionsResult");
    head(xml, call, query, names, page.truncated());
    xml.text("KeyMarker", names.write(query.after())).text("VersionIdMarker", idMarker);
    if (page.truncated()) {
      xml.text("NextKeyMarker", names.write(page.nextKey()));
      xml.text("NextVersionIdMarker", page.nextId());
    }
    for (VersionPage.Entry entry : page.versions()) {
      version(xml, entry, names);
    }
    commonPrefixes(xml, page.commonPrefixes(), names);
    return Answer.document(xml);
  }

  private void version(XmlWriter xml, VersionPage.Entry entry, Names names) {
    ObjectRecord object = entry.object();
    xml.start(object.deleted() ? "DeleteMarker" : "Version")
        .text("VersionId", object.version().id())
        .flag("IsLatest", entry.latest());
    if (!object.deleted()) {
      object(xml, new Listing.Entry(entry.key(), object), names, true);
      return;
    }
    xml.text("Key", names.write(entry.key()))
        .text("LastModified", ObjectHeaders.xmlDate(object.modified()))
        .owner("Owner", users.shown(object.owned().owner()))
        .end();
  }

  private static Listing.Query query(Call call, String after) throws S3Exception {
    return new Listing.Query(
        call.request().parameter("prefix").orElse(""),
        call.request().parameter("delimiter").orElse(""),
        after,
        call.number("max-keys", MAX_KEYS, MAX_KEYS));
  }

  private static void head(
      XmlWriter xml, Call call, Listing.Query query, Names names, boolean truncated) {
    xml.text("Name", call.bucket()).text("Prefix", names.write(query.prefix()));
    if (!query.delimiter().isEmpty()) {
      xml.text("Delimiter", names.write(query.delimiter()));
    }
    xml.number("MaxKeys", query.max());
    if (names.url()) {
      xml.text("EncodingType", "url");
    }
    xml.flag("IsTruncated", truncated);
  }

  private void contents(XmlWriter xml, Listing listing, Names names, boolean owner) {
    for (Listing.Entry entry : listing.objects()) {
      xml.start("Contents");
      object(xml, entry, names, owner);
    }
    commonPrefixes(xml, listing.commonPrefixes(), names);
  }

  private void object(XmlWriter xml, Listing.Entry entry, Names names, boolean owner) {
    xml.text("Key", names.write(entry.key()))
        .text("LastModified", ObjectHeaders.xmlDate(entry.object().modified()))
        .quoted("ETag", entry.object().etag())
        .number("Size", entry.object().size())
        .text("StorageClass", "STANDARD");
    if (owner) {
      xml.owner("Owner", users.shown(entry.object().owned().owner()));
    }
    xml.end();
  }

  private static void commonPrefixes(XmlWriter xml, List<String> prefixes, Names names) {
    for (String prefix : prefixes) {
      xml.start("CommonPrefixes").text("Prefix", names.write(prefix)).end();
    }
  }

  static String toToken(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  static String fromToken(String token) throws S3Exception {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Error.InvalidArgument.exception("The continuation token provided is incorrect");
    }
  }
}
