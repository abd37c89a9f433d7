package org.groundwork.networks.storage.arweave;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.SignatureVerifiers;

/** Verifies an item's signature over its digest, each type as the wallets behind it sign. */
final class ItemSignatures {
  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
  private static final int WORD = 32;
  private static final byte[] DOMAIN =
      keccak(
          keccak(ascii("EIP712Domain(string name,string version)")),
          keccak(ascii("Bundlr")),
          keccak(ascii("1")));
  private static final byte[] STRUCT =
      keccak(ascii("Bundlr(bytes Transaction hash,address address)"));

  private ItemSignatures() {}

  /**
   * Whether the owner signed.
   *
   * @throws Malformed if signatures of this type are not verified here
   */
  static boolean verify(ItemHeader header, byte[] digest) throws Malformed {
    byte[] owner = header.owner().unsafeArray();
    return switch (header.type()) {
      case ARWEAVE -> RsaPss.verify(owner, digest, header.signature().unsafeArray());
      case ED25519 -> ed25519(header, digest);
      case SOLANA -> ed25519(header, ascii(HexFormat.of().formatHex(digest)));
      case APTOS ->
          ed25519(
              header,
              ascii("APTOS\nmessage: " + HexFormat.of().formatHex(digest) + "\nnonce: bundlr"));
      case ETHEREUM, KYVE -> ethereum(header, digest);
      case TYPED_ETHEREUM -> typedEthereum(header, digest);
      case MULTI_APTOS -> throw new Malformed("signatures of type 6 are not verified here");
    };
  }

  private static boolean ed25519(ItemHeader header, byte[] message) {
    return SignatureVerifiers.best()
        .verify(new PublicKey(KeyType.ED25519, header.owner()), message, header.signature());
  }

  /** EIP-191; the last byte is not relied on, as the reference does not. */
  private static boolean ethereum(ItemHeader header, byte[] digest) {
    byte[] key = header.owner().unsafeArray();
    if (key[0] != 4) {
      return false;
    }
    AccountId account = address(keccak(Arrays.copyOfRange(key, 1, key.length)));
    Hash message = personalMessage(digest);
    return signer(message, header.signature(), 27).filter(account::equals).isPresent()
        || signer(message, header.signature(), 28).filter(account::equals).isPresent();
  }

  static Hash personalMessage(byte[] digest) {
    return Keccak256.hash(ascii("\u0019Ethereum Signed Message:\n" + digest.length), digest);
  }

  private static Optional<AccountId> signer(Hash message, Bytes signature, int recovery) {
    byte[] changed = signature.toArray();
    changed[changed.length - 1] = (byte) recovery;
    return AccountSignatures.recover(message, Bytes.wrap(changed));
  }

  private static boolean typedEthereum(ItemHeader header, byte[] digest) {
    String text = new String(header.owner().unsafeArray(), StandardCharsets.ISO_8859_1);
    if (!ADDRESS.matcher(text).matches()) {
      return false;
    }
    AccountId account = new AccountId(Bytes.fromHex(text));
    byte last = header.signature().get(header.signature().size() - 1);
    return signer(typedMessage(account, digest), header.signature(), last < 27 ? last + 27 : last)
        .filter(account::equals)
        .isPresent();
  }

  /** EIP-712 with the domain of the reference implementation. */
  static Hash typedMessage(AccountId account, byte[] digest) {
    byte[] word = new byte[WORD];
    byte[] address = account.bytes().unsafeArray();
    System.arraycopy(address, 0, word, WORD - address.length, address.length);
    return Keccak256.hash(new byte[] {0x19, 1}, DOMAIN, keccak(STRUCT, keccak(digest), word));
  }

  private static AccountId address(byte[] hash) {
    return new AccountId(Bytes.wrap(Arrays.copyOfRange(hash, 12, hash.length)));
  }

  private static byte[] keccak(byte[]... parts) {
    return Keccak256.hash(parts).bytes().unsafeArray();
  }

  private static byte[] ascii(String text) {
    return DeepHash.ascii(text);
  }
}
