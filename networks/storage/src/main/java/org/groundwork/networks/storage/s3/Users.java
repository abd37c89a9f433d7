package org.groundwork.networks.storage.s3;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The users of an endpoint with their keys; a user may have several. */
public final class Users {
  private final SortedMap<String, Key> keys;

  /** An access key with its secret. */
  public record Key(String accessKey, String secret, User user) {
    public Key {
      if (accessKey.isEmpty() || accessKey.contains("/") || accessKey.contains(",")) {
        throw new IllegalArgumentException("an access key without slash or comma is needed");
      }
      if (secret.isEmpty()) {
        throw new IllegalArgumentException("the secret of " + accessKey + " is empty");
      }
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Key[" + accessKey + " of " + user.id() + "]";
    }
  }

  private Users(Collection<Key> all) {
    var map = new TreeMap<String, Key>();
    for (Key key : all) {
      if (map.put(key.accessKey(), key) != null) {
        throw new IllegalArgumentException("the access key " + key.accessKey() + " is there twice");
      }
      if (key.user().anonymous()) {
        throw new IllegalArgumentException("nobody in particular has no key");
      }
    }
    keys = Collections.unmodifiableSortedMap(map);
  }

  public static Users of(Collection<Key> keys) {
    return new Users(keys);
  }

  /** The one who owns everything, and nobody else. */
  public static Users one(String accessKey, String secret) {
    return new Users(List.of(new Key(accessKey, secret, User.FIRST)));
  }

  Optional<Key> key(String accessKey) {
    return Optional.ofNullable(keys.get(accessKey));
  }

  /** The user of an identifier; also the one that stands for nobody. */
  Optional<User> user(String id) {
    return id.equals(User.ANONYMOUS.id())
        ? Optional.of(User.ANONYMOUS)
        : keys.values().stream().map(Key::user).filter(user -> user.id().equals(id)).findFirst();
  }

  /** What is shown of an owner, who may have been removed since. */
  User shown(String id) {
    return user(id).orElseGet(() -> new User(id, id));
  }
}
