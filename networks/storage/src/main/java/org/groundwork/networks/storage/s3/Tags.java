package org.groundwork.networks.storage.s3;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads and writes the tags of objects and buckets. */
final class Tags {
  static final int MAX_OBJECT_TAGS = 10;
  static final int MAX_BUCKET_TAGS = 50;
  private static final int MAX_KEY_CHARS = 128;
  private static final int MAX_VALUE_CHARS = 256;
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  private static final String HEADER = "x-amz-tagging";

  private Tags() {}

  static SortedMap<String, String> ofDocument(XmlNode document, int most) throws S3Exception {
    List<XmlNode> sets = document.all("TagSet");
    if (sets.size() != 1) {
      throw S3Error.MalformedXML.exception();
    }
    var tags = new TreeMap<String, String>();
    for (XmlNode tag : sets.getFirst().all("Tag")) {
      add(
          tags,
          tag.child("Key").orElseThrow(S3Error.MalformedXML::exception),
          tag.child("Value").orElseThrow(S3Error.MalformedXML::exception),
          most);
    }
    return tags;
  }

  /** Reads the header, which is written as a query is. */
  static SortedMap<String, String> ofHeader(S3Request request) throws S3Exception {
    var tags = new TreeMap<String, String>();
    Optional<String> header = request.header(HEADER);
    for (String pair : header.orElse("").split("&", MAX_OBJECT_TAGS + 2)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        add(
            tags,
            Percent.decodeQuery(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : Percent.decodeQuery(pair.substring(equals + 1)),
            MAX_OBJECT_TAGS);
      }
    }
    return tags;
  }

  private static void add(SortedMap<String, String> tags, String key, String value, int most)
      throws S3Exception {
    if (key.isEmpty() || key.length() > MAX_KEY_CHARS || !ALLOWED.matcher(key).matches()) {
      throw S3Error.InvalidTag.exception("The TagKey you have provided is invalid");
    }
    if (value.length() > MAX_VALUE_CHARS || !ALLOWED.matcher(value).matches()) {
      throw S3Error.InvalidTag.exception("The TagValue you have provided is invalid");
    }
    if (tags.put(key, value) != null) {
      throw S3Error.InvalidTag.exception("Cannot provide multiple Tags with the same key");
    }
    if (tags.size() > most) {
      throw most == MAX_OBJECT_TAGS
          ? S3Error.BadRequest.exception("Object tags cannot be greater than 10")
          : S3Error.BadRequest.exception("Bucket tag count cannot be greater than 50");
    }
  }

  static XmlWriter write(SortedMap<String, String> tags) {
    XmlWriter xml = XmlWriter.root("Tagging").start("TagSet");
    tags.forEach((key, value) -> xml.start("Tag").text("Key", key).text("Value", value).end());
    return xml;
  }
}
