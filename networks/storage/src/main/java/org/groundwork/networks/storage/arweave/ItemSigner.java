package org.groundwork.networks.storage.arweave;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;

/** Makes data items. */
public final class ItemSigner {
  /** Signs an item's digest. */
  private interface Signing {
    Bytes sign(byte[] digest);
  }

  private final SignatureType type;
  private final Bytes owner;
  private final Signing signing;

  private ItemSigner(SignatureType type, Bytes owner, Signing signing) {
    this.type = type;
    this.owner = owner;
    this.signing = signing;
  }

  /** Type 2: Ed25519. */
  public static ItemSigner ed25519(DeviceKey key) {
    return new ItemSigner(SignatureType.ED25519, key.publicKey().bytes(), key::sign);
  }

  /** Type 7: an Ethereum account's EIP-712 signature. */
  public static ItemSigner ethereum(AccountKey key) {
    return new ItemSigner(
        SignatureType.TYPED_ETHEREUM,
        Bytes.wrap(DeepHash.ascii(key.account().bytes().toHex())),
        digest -> key.sign(ItemSignatures.typedMessage(key.account(), digest)));
  }

  /**
   * Signs an item.
   *
   * @param target 32 bytes or none
   * @param anchor 32 bytes or none
   * @throws IllegalArgumentException if the tags are above the limits of ANS-104
   */
  public Bytes sign(Bytes target, Bytes anchor, List<Tag> tags, byte[] data) {
    Bytes rawTags = AvroTags.encode(tags);
    try {
      AvroTags.decode(rawTags);
    } catch (Malformed e) {
      throw new IllegalArgumentException("tags that cannot be in an item", e);
    }
    ItemDigest digest = new ItemDigest(type, owner, target, anchor, rawTags);
    digest.update(data, 0, data.length);
    ItemHeader header =
        new ItemHeader(type, signing.sign(digest.finish()), owner, target, anchor, rawTags);
    ByteArrayOutputStream out = new ByteArrayOutputStream(header.size() + data.length);
    out.writeBytes(header.encode());
    out.writeBytes(data);
    return Bytes.wrap(out.toByteArray());
  }
}
