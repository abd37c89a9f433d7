package org.groundwork.settlement.keys;

import java.util.Locale;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;

/** What a key file holds. */
public sealed interface StoredKey {
  /** 32 bytes. */
  byte[] secret();

  /** What the file says in {@code groundwork.type}. */
  String type();

  /** What the file says in clear, to recognise the key: an address or a public key. */
  String publicText();

  /** The key of an account on the chain. */
  record OfAccount(AccountKey key) implements StoredKey {
    static final String TYPE = "account";

    @Override
    public byte[] secret() {
      return key.secret();
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String publicText() {
      return key.account().toHex();
    }
  }

  /** The key of a device. */
  record OfDevice(DeviceKey key) implements StoredKey {
    static final String PREFIX = "device-";

    @Override
    public byte[] secret() {
      return key.secret();
    }

    @Override
    public String type() {
      return PREFIX + key.publicKey().type().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String publicText() {
      return key.publicKey().bytes().toHex();
    }
  }
}
