package org.groundwork.rules;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;

/**
 * Credits that a payer set aside for a seller, as the chain showed them at the epoch's close.
 *
 * @param basis the tokens that were burned for these credits
 * @param lastEpoch the last epoch whose evidence may charge it
 */
public record Reservation(
    ReservationId id,
    AccountId payer,
    NetworkId network,
    AccountId seller,
    Credits credits,
    TokenAmount basis,
    EpochNumber lastEpoch) {}
