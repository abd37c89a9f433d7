/**
 * The rules of the storage network: what a device reports, what it is challenged for, and what that
 * earns. Pure.
 *
 * <p>A {@link org.groundwork.networks.storage.rules.StorageReport} opens or ends a deal, answers
 * the challenges of a slot, or shows a voucher for egress. A deal that is reported in one epoch
 * belongs to the device's {@link org.groundwork.networks.storage.rules.Holding} from the next one
 * on, so the holding of every slot is known when its epoch opens, from the device's {@link
 * org.groundwork.networks.storage.rules.StorageCarry} alone. Each slot asks for some leaves of the
 * whole holding; a slot is proven for every deal in it, or for none.
 *
 * <p>Invariants: the same bytes give the same verdicts; a deal counts once, also after its end; a
 * slot is proven by at most one record.
 */
@NullMarked
package org.groundwork.networks.storage.rules;

import org.jspecify.annotations.NullMarked;
