package org.groundwork.networks.storage.arweave;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/** Base 64 for URLs without padding, as Arweave writes ids, owners and signatures. */
final class Base64Url {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

  private Base64Url() {}

  static String encode(Bytes bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.unsafeArray());
  }

  static String encode(Hash hash) {
    return encode(hash.bytes());
  }

  /** The 32 bytes of an id; empty if the text is not the one text of some. */
  static Optional<Hash> id(String text) {
    if (!ID.matcher(text).matches()) {
      return Optional.empty();
    }
    Hash hash = Hash.wrap(Base64.getUrlDecoder().decode(text));
    return encode(hash).equals(text) ? Optional.of(hash) : Optional.empty();
  }
}
