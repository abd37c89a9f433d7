package org.groundwork.networks.storage.s3;

import java.util.Optional;

/** Who sent a request, as its signature or the lack of one says, and how its body is protected. */
record Authenticated(User user, Payload payload) {

  /** How the body is framed and what protects it. */
  sealed interface Payload {
    /** Nothing; it is taken as it comes. */
    record Unsigned() implements Payload {}

    /** The head names its SHA-256. */
    record Hashed(String sha256) implements Payload {}

    /** In chunks; each is signed if there are signatures to check. */
    record Chunked(Optional<ChunkSignatures> signatures, boolean trailer) implements Payload {}
  }
}
