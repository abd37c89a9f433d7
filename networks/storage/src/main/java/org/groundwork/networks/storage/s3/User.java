package org.groundwork.networks.storage.s3;

import java.util.regex.Pattern;

/**
 * Who owns buckets and objects and is granted rights to them.
 *
 * @param id in access control lists, policies and answers
 * @param name shown beside it
 */
public record User(String id, String name) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");

  /** The user of the gateway's first key, who owns whatever was stored before there were others. */
  public static final User FIRST = new User("groundwork", "groundwork");

  /** Nobody in particular; the identifier is that of S3. */
  static final User ANONYMOUS = new User("65a011a29cdf8ec533ec3d1ccaae921c", "anonymous");

  public User {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a user's id has 1 to 64 letters, digits or any of ._@+-: " + id);
    }
    if (name.isEmpty() || name.length() > 128) {
      throw new IllegalArgumentException("a user's name has 1 to 128 characters");
    }
  }

  boolean anonymous() {
    return equals(ANONYMOUS);
  }
}
