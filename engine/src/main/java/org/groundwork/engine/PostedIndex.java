package org.groundwork.engine;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;

/** A certified index that somebody posted on chain before the commit deadline. */
public record PostedIndex(AccountId gateway, Hash index) {}
