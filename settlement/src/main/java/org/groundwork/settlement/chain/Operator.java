package org.groundwork.settlement.chain;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.TokenAmount;

/** A verifier or gateway with stake: who signs for it and where it answers. */
public record Operator(AccountId operator, AccountId signer, TokenAmount stake, String endpoint) {}
