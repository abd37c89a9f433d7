/**
 * What tests of several modules share: {@link org.groundwork.testkit.Ledger}, a model of the
 * contracts that says of every command what must come of it.
 *
 * <p>The model is written from {@code docs/decisions/settlement.md} and the interfaces of the
 * contracts. Amounts are plain {@link java.math.BigInteger}s, kinds and networks plain numbers, as
 * in the contracts' ABI: commands carry what callers may send, not only what makes sense.
 */
@NullMarked
package org.groundwork.testkit;

import org.jspecify.annotations.NullMarked;
