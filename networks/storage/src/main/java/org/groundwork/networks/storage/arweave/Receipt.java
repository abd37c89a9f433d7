package org.groundwork.networks.storage.arweave;

import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;

/**
 * A gateway's word that an item is durable and paid.
 *
 * @param owner the address of who signed the item
 * @param paid what the item cost
 * @param slot in which it was accepted; named {@code deadlineHeight} for clients
 * @param gateway the modulus of the gateway's RSA key
 * @param signature RSA-PSS with SHA-256 over the deep hash of {@link #message}
 */
record Receipt(
    Hash id,
    Hash owner,
    Credits paid,
    long milliseconds,
    long slot,
    Bytes gateway,
    Bytes signature) {
  static final String VERSION = "1.0.0";

  static Receipt sign(ReceiptKey key, ItemRecord item) {
    return new Receipt(
        item.id(),
        item.header().address(),
        item.paid(),
        item.milliseconds(),
        item.slot(),
        key.modulus(),
        key.sign(message(item.id(), item.slot(), item.milliseconds())));
  }

  /** What is signed: as bundlers do it. */
  static byte[] message(Hash id, long slot, long milliseconds) {
    return DeepHash.list(
        List.of(
            DeepHash.ascii("Bundlr"),
            DeepHash.ascii(VERSION),
            DeepHash.ascii(Base64Url.encode(id)),
            DeepHash.ascii(Long.toString(slot)),
            DeepHash.ascii(Long.toString(milliseconds))));
  }
}
