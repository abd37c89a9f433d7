package org.groundwork.node.chain;

import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;

/**
 * What the chain keeps of an accepted result.
 *
 * @param resultHash struct hash of the statement
 */
public record AcceptedResult(
    EpochNumber epoch, Hash resultHash, Hash closeBlock, Hash carryRoot, Hash moneyRoot) {}
