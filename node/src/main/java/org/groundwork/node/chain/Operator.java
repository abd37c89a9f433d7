package org.groundwork.node.chain;

import java.math.BigInteger;
import org.groundwork.protocol.AccountId;

/**
 * A member of a staked set.
 *
 * @param signer the account of its node's key
 * @param stake at the epoch's opening, positive
 * @param endpoint where its node is reached now; empty if it named none
 */
public record Operator(AccountId signer, BigInteger stake, String endpoint) {}
