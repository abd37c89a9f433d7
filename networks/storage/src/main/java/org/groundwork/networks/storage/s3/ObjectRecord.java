package org.groundwork.networks.storage.s3;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of one object.
 *
 * @param blobs its bytes in order: one for each part of a multipart upload, otherwise one or, of an
 *     empty object, none
 * @param etag without quotes
 * @param headers that are given back with it: content type and the like, user metadata
 * @param checksums headers that are given back to who asks for them
 */
record ObjectRecord(
    List<Blob> blobs,
    String etag,
    Instant modified,
    SortedMap<String, String> headers,
    SortedMap<String, String> checksums) {

  /** A stored run of bytes, by the number under which {@link Buckets} keeps its manifest. */
  record Blob(long id, long length) {}

  ObjectRecord {
    blobs = List.copyOf(blobs);
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    checksums = Collections.unmodifiableSortedMap(new TreeMap<>(checksums));
  }

  long size() {
    return blobs.stream().mapToLong(Blob::length).sum();
  }

  boolean multipart() {
    return etag.indexOf('-') >= 0;
  }
}
