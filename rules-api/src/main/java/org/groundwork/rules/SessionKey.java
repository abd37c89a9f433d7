package org.groundwork.rules;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.NetworkId;

/**
 * A key that may sign vouchers for an account, as the chain showed it at the epoch's opening.
 *
 * @param limit what all vouchers of the key may charge in all
 */
public record SessionKey(AccountId account, AccountId key, NetworkId network, Credits limit) {}
