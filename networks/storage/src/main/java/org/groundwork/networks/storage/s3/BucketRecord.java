package org.groundwork.networks.storage.s3;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of one bucket.
 *
 * @param owner identifier of a user
 * @param policy the JSON document, or empty
 * @param cors the XML document, or empty
 */
record BucketRecord(
    Instant created,
    String owner,
    Acl acl,
    Versioning versioning,
    SortedMap<String, String> tags,
    String policy,
    String cors) {

  /** Whether what is overwritten or deleted is kept. */
  enum Versioning {
    OFF(""),
    ENABLED("Enabled"),
    SUSPENDED("Suspended");

    private final String status;

    Versioning(String status) {
      this.status = status;
    }

    /** As documents say it; empty where it never was on. */
    String status() {
      return status;
    }
  }

  BucketRecord {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  static BucketRecord of(Instant created, String owner, Acl acl) {
    return new BucketRecord(created, owner, acl, Versioning.OFF, new TreeMap<>(), "", "");
  }

  BucketRecord withAcl(Acl changed) {
    return new BucketRecord(created, owner, changed, versioning, tags, policy, cors);
  }

  BucketRecord withVersioning(Versioning changed) {
    return new BucketRecord(created, owner, acl, changed, tags, policy, cors);
  }

  BucketRecord withTags(SortedMap<String, String> changed) {
    return new BucketRecord(created, owner, acl, versioning, changed, policy, cors);
  }

  BucketRecord withPolicy(String changed) {
    return new BucketRecord(created, owner, acl, versioning, tags, changed, cors);
  }

  BucketRecord withCors(String changed) {
    return new BucketRecord(created, owner, acl, versioning, tags, policy, changed);
  }
}
