/**
 * A chain on this machine that loses nothing when it is killed.
 *
 * <p>Anvil keeps its blocks in memory. {@link org.groundwork.settlement.local.LocalChain} stands in
 * front of it, writes each transaction with its block's timestamp to a journal before anvil mines
 * it, and feeds the journal to a new anvil after a crash. Equal transactions with equal timestamps
 * give equal block hashes, which is checked.
 *
 * <p>Invariants: one block has at most the one transaction that was just sent (or those that waited
 * for it); a block is mined only after its journal record is on disk; a refused transaction mines
 * nothing; the outside cannot call a method that changes the chain in any other way.
 */
@NullMarked
package org.groundwork.settlement.local;

import org.jspecify.annotations.NullMarked;
