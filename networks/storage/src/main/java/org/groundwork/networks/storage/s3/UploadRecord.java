package org.groundwork.networks.storage.s3;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A multipart upload in progress.
 *
 * @param headers of the object that it will become
 * @param checksum name of the algorithm, or empty
 * @param fullObject whether the object's checksum shall be that of its bytes and not one over the
 *     checksums of its parts
 * @param owned by whom the object will be, and its tags
 */
record UploadRecord(
    Instant initiated,
    SortedMap<String, String> headers,
    String checksum,
    boolean fullObject,
    ObjectRecord.Owned owned) {

  /**
   * One part that was uploaded.
   *
   * @param blobs none for an empty part, otherwise one
   */
  record Part(
      int number,
      List<ObjectRecord.Blob> blobs,
      String etag,
      Instant modified,
      SortedMap<String, String> checksums) {
    Part {
      blobs = List.copyOf(blobs);
      checksums = Collections.unmodifiableSortedMap(new TreeMap<>(checksums));
    }

    long size() {
      return blobs.stream().mapToLong(ObjectRecord.Blob::length).sum();
    }
  }

  /** An upload with its name. */
  record Named(String key, String id, UploadRecord upload) {}

  UploadRecord {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  /** Of the first user. */
  UploadRecord(
      Instant initiated, SortedMap<String, String> headers, String checksum, boolean fullObject) {
    this(initiated, headers, checksum, fullObject, ObjectRecord.Owned.FIRST);
  }

  Optional<ChecksumAlgorithm> algorithm() {
    return ChecksumAlgorithm.named(checksum);
  }
}
