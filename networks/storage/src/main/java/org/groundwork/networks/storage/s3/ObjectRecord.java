package org.groundwork.networks.storage.s3;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of one version of an object.
 *
 * @param blobs its bytes in order: one for each part of a multipart upload, otherwise one or, of an
 *     empty object, none
 * @param etag without quotes
 * @param headers that are given back with it: content type and the like, user metadata
 * @param checksums headers that are given back to who asks for them
 * @param parts of a multipart upload; of one that was stored before parts were kept, none
 */
record ObjectRecord(
    List<Blob> blobs,
    String etag,
    Instant modified,
    SortedMap<String, String> headers,
    SortedMap<String, String> checksums,
    List<Part> parts,
    Owned owned,
    Version version) {

  /** A stored run of bytes, by the number under which {@link Buckets} keeps its manifest. */
  record Blob(long id, long length) {}

  /**
   * One of the parts that it was uploaded in.
   *
   * @param checksum base64, or empty
   */
  record Part(long size, String checksum) {}

  /** What has to do with people: who owns it, who else may do what, and its tags. */
  record Owned(String owner, Acl acl, SortedMap<String, String> tags) {
    /** Of the gateway's first user alone. */
    static final Owned FIRST =
        new Owned(User.FIRST.id(), Acl.of(User.FIRST.id()), Collections.emptySortedMap());

    Owned {
      tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }
  }

  /**
   * Its place among the versions of its key.
   *
   * @param sequence rises with each version of a key
   * @param id unique for a key
   * @param deleted whether it says that from here on there is no object
   */
  record Version(long sequence, String id, boolean deleted) {
    static final String NULL_ID = "null";

    /** The only version where there is no versioning. */
    static final Version NULL = new Version(0, NULL_ID, false);
  }

  ObjectRecord {
    blobs = List.copyOf(blobs);
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    checksums = Collections.unmodifiableSortedMap(new TreeMap<>(checksums));
    parts = List.copyOf(parts);
  }

  /** Of the first user, not in parts, without versions. */
  ObjectRecord(
      List<Blob> blobs,
      String etag,
      Instant modified,
      SortedMap<String, String> headers,
      SortedMap<String, String> checksums) {
    this(blobs, etag, modified, headers, checksums, List.of(), Owned.FIRST, Version.NULL);
  }

  /** Says that an object is deleted. */
  static ObjectRecord deleteMarker(Instant now, String owner, Version version) {
    return new ObjectRecord(
        List.of(),
        "",
        now,
        new TreeMap<>(),
        new TreeMap<>(),
        List.of(),
        new Owned(owner, Acl.of(owner), new TreeMap<>()),
        version);
  }

  long size() {
    return blobs.stream().mapToLong(Blob::length).sum();
  }

  boolean multipart() {
    return etag.indexOf('-') >= 0;
  }

  boolean deleted() {
    return version.deleted();
  }

  /** The sizes of the parts that a client can ask for by number. */
  List<Long> partSizes() {
    return parts.isEmpty()
        ? blobs.stream().map(Blob::length).toList()
        : parts.stream().map(Part::size).toList();
  }

  ObjectRecord withBlobs(List<Blob> changed) {
    return new ObjectRecord(changed, etag, modified, headers, checksums, parts, owned, version);
  }

  ObjectRecord withOwned(Owned changed) {
    return new ObjectRecord(blobs, etag, modified, headers, checksums, parts, changed, version);
  }

  ObjectRecord withVersion(Version changed) {
    return new ObjectRecord(blobs, etag, modified, headers, checksums, parts, owned, changed);
  }
}
