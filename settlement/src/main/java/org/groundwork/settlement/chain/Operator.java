package org.groundwork.settlement.chain;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.TokenAmount;

/**
 * A verifier or gateway with stake.
 *
 * @param operator the account that staked and is paid
 * @param signer the key of its node
 * @param stake tokens bonded
 * @param weight what counts in a quorum: the stake, or less after skipped epochs without it
 * @param endpoint where its node answers
 */
public record Operator(
    AccountId operator, AccountId signer, TokenAmount stake, TokenAmount weight, String endpoint) {}
