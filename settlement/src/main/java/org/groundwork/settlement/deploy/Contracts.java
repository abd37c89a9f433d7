package org.groundwork.settlement.deploy;

import org.groundwork.protocol.AccountId;

/** Where the contracts of a deployment are. */
public record Contracts(
    AccountId epochClock,
    AccountId deviceRegistry,
    AccountId networkRegistry,
    AccountId priceOracle,
    AccountId token,
    AccountId credits,
    AccountId operators,
    AccountId results,
    AccountId claims) {}
