package org.groundwork.rules;

import org.groundwork.protocol.Bytes;

/** What a network keeps about one device or group from epoch to epoch: small canonical bytes. */
public record Carry(Bytes content) {
  /** The longest carry of one key, in bytes. */
  public static final int MAX_SIZE = 1 << 20;

  public static final Carry NONE = new Carry(Bytes.EMPTY);

  public Carry {
    if (content.size() > MAX_SIZE) {
      throw new IllegalArgumentException("carry of " + content.size() + " bytes");
    }
  }

  public boolean isEmpty() {
    return content.isEmpty();
  }
}
