package org.groundwork.engine.index;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.AccountSignatures;

/**
 * A verifier's word that a segment's bytes had arrived by a slot.
 *
 * @param signature over the digest of {@link Statements#segmentSlot}
 */
public record SlotSignature(AccountId verifier, SlotNumber slot, Bytes signature) {
  public SlotSignature {
    if (signature.size() != AccountSignatures.SIZE) {
      throw new IllegalArgumentException("a signature of " + signature.size() + " bytes");
    }
  }

  public static SlotSignature sign(
      SigningDomain domain,
      EpochNumber epoch,
      AccountId gateway,
      Hash segment,
      SlotNumber slot,
      AccountKey verifier) {
    Hash digest = digest(domain, epoch, gateway, segment, slot);
    return new SlotSignature(verifier.account(), slot, verifier.sign(digest));
  }

  /** Whether the verifier that is named signed this. */
  public boolean isGenuine(
      SigningDomain domain, EpochNumber epoch, AccountId gateway, Hash segment) {
    Hash digest = digest(domain, epoch, gateway, segment, slot);
    return AccountSignatures.isSignedBy(verifier, digest, signature);
  }

  private static Hash digest(
      SigningDomain domain, EpochNumber epoch, AccountId gateway, Hash segment, SlotNumber slot) {
    DeploymentId deployment = domain.deployment();
    return domain.digest(Statements.segmentSlot(deployment, epoch, gateway, segment, slot));
  }
}
