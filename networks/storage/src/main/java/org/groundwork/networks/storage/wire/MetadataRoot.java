package org.groundwork.networks.storage.wire;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Where a payer's newest metadata is, for the payer alone to read: what a gateway leaves with
 * providers so that it can be rebuilt from its keys. Providers keep the one with the highest number
 * of each payer who has credits reserved with them (PUT and GET {@link ProviderHttp#ROOTS}).
 *
 * <p>Encoding, big-endian: version 1 (u8), deployment (32), network (u32), payer (20), number
 * (u64), length of the content (u32), content. The payer signs it as EIP-712 struct ({@link
 * Statements#metadataRoot}), over the content's SHA-256.
 *
 * @param number grows with every change
 * @param content encrypted
 */
public record MetadataRoot(
    DeploymentId deployment, NetworkId network, AccountId payer, long number, Bytes content) {
  public static final int MAX_CONTENT = 64 * 1024;

  /** Most bytes of an encoded root with its signature. */
  public static final int MAX_SIZE = 1 + 32 + 4 + 20 + 8 + 4 + MAX_CONTENT + AccountSignatures.SIZE;

  private static final int VERSION = 1;

  public MetadataRoot {
    if (number < 0 || content.size() > MAX_CONTENT) {
      throw new IllegalArgumentException("a root of " + content.size() + " bytes");
    }
  }

  /** Signs with the payer's own key. */
  public Signed sign(SigningDomain domain, AccountKey key) {
    return new Signed(this, key.sign(domain.digest(structHash())));
  }

  private Hash structHash() {
    return Statements.metadataRoot(deployment, network, number, Sha256.hash(content.unsafeArray()));
  }

  /** A root and its payer's signature. */
  public record Signed(MetadataRoot root, Bytes signature) {
    public Signed {
      if (signature.size() != AccountSignatures.SIZE) {
        throw new IllegalArgumentException("an account's signature has 65 bytes");
      }
    }

    public Bytes encode() {
      return new CanonicalWriter()
          .u8(VERSION)
          .hash(root.deployment.hash())
          .u32(root.network.value())
          .account(root.payer)
          .u64(root.number)
          .bytes(root.content)
          .raw(signature)
          .toBytes();
    }

    public static Signed decode(Bytes encoded) throws Malformed {
      CanonicalReader in = new CanonicalReader(encoded);
      if (in.u8() != VERSION) {
        throw new Malformed("unknown version of a metadata root");
      }
      MetadataRoot root =
          new MetadataRoot(
              new DeploymentId(in.hash()),
              in.network(),
              in.account(),
              in.count(),
              in.bytes(MAX_CONTENT));
      Signed signed = new Signed(root, in.raw(AccountSignatures.SIZE));
      in.end();
      return signed;
    }

    /** Whether its payer signed it for this deployment. */
    public boolean isGenuine(SigningDomain domain) {
      return root.deployment.equals(domain.deployment())
          && AccountSignatures.isSignedBy(root.payer, domain.digest(root.structHash()), signature);
    }
  }
}
