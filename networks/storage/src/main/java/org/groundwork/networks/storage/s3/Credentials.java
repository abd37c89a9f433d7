package org.groundwork.networks.storage.s3;

import java.util.Optional;

/** Finds the secret of an access key. */
@FunctionalInterface
public interface Credentials {
  Optional<String> secretOf(String accessKey);
}
