/**
 * The chain, seen from the rest of Groundwork.
 *
 * <p>Everything of the EVM stays below this package: callers see the accounts, hashes and amounts
 * of {@code protocol}. Failures are {@link org.groundwork.settlement.SettlementException}s with a
 * code of the closed set {@link org.groundwork.settlement.Failure}.
 *
 * <ul>
 *   <li>{@code rpc}: JSON-RPC over HTTP, about ten methods
 *   <li>{@code local}: a chain on this machine that survives being killed
 *   <li>{@code keys}: encrypted key files
 *   <li>{@code abi}: the contracts' functions, events and errors
 *   <li>{@code deploy}: putting the contracts on a chain, and recognising them again
 * </ul>
 */
@NullMarked
package org.groundwork.settlement;

import org.jspecify.annotations.NullMarked;
