package org.groundwork.testkit;

import org.groundwork.protocol.AccountId;

/** A command by an account, in a block of this second. */
public record Call(long timestamp, AccountId sender, Command command) {}
