package org.groundwork.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Keccak256;

/** Who acts: accounts that hold tokens, and keys that nodes sign with. The same in every run. */
final class Cast {
  static final int ACTORS = 10;
  static final int SIGNERS = 9;

  private static final Map<AccountId, AccountKey> KEYS = new TreeMap<>();
  static final List<AccountKey> ACTOR_KEYS = keys("actor", ACTORS);
  static final List<AccountKey> SIGNER_KEYS = keys("signer", SIGNERS);

  private Cast() {}

  private static List<AccountKey> keys(String name, int count) {
    List<AccountKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] secret =
          Keccak256.hash((name + i).getBytes(java.nio.charset.StandardCharsets.US_ASCII)).toArray();
      AccountKey key = AccountKey.fromSecret(secret);
      KEYS.put(key.account(), key);
      keys.add(key);
    }
    return List.copyOf(keys);
  }

  static AccountId actor(int index) {
    return ACTOR_KEYS.get(index).account();
  }

  static AccountId signer(int index) {
    return SIGNER_KEYS.get(index).account();
  }

  static AccountId owner() {
    return actor(0);
  }

  static AccountId founder() {
    return actor(1);
  }

  static List<AccountId> all() {
    return List.copyOf(KEYS.keySet());
  }

  static AccountKey key(AccountId account) {
    AccountKey key = KEYS.get(account);
    if (key == null) {
      throw new IllegalArgumentException("no key of " + account);
    }
    return key;
  }

  /** A short name for what is printed. */
  static String name(AccountId account) {
    for (int i = 0; i < ACTORS; i++) {
      if (actor(i).equals(account)) {
        return "actor" + i;
      }
    }
    for (int i = 0; i < SIGNERS; i++) {
      if (signer(i).equals(account)) {
        return "signer" + i;
      }
    }
    return account.toHex();
  }
}
