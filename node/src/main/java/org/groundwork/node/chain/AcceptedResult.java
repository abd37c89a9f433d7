package org.groundwork.node.chain;

import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;

/**
 * What the chain keeps of an accepted result.
 *
 * @param attempt the deployment's count of voidings when it was accepted
 * @param resultHash struct hash of the statement
 */
public record AcceptedResult(
    EpochNumber epoch,
    int attempt,
    Hash resultHash,
    Hash closeBlock,
    Hash carryRoot,
    Hash moneyRoot) {}
