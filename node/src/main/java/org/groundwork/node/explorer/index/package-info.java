/**
 * Follows the chain and the published files of results into the explorer's database. Resumable
 * after each block and each epoch, goes back when the chain or a result does ({@link
 * org.groundwork.node.explorer.index.ChainFollower}, {@link
 * org.groundwork.node.explorer.index.EpochFollower}), and uses nothing but what everybody can have.
 */
@NullMarked
package org.groundwork.node.explorer.index;

import org.jspecify.annotations.NullMarked;
