/**
 * What the chain says, as records without any type of the chain: {@link
 * org.groundwork.settlement.chain.ChainReader} follows the final blocks, {@link
 * org.groundwork.settlement.chain.ChainState} is what their events add up to at any block.
 */
@NullMarked
package org.groundwork.settlement.chain;

import org.jspecify.annotations.NullMarked;
