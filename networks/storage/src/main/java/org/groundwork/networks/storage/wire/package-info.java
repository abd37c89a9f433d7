/**
 * What the storage network says about data: the commitment of a piece, proofs that a leaf of it is
 * held, and the order of the pieces of a holding.
 *
 * <p>Piece commitments are Filecoin's (FRC-0069, "commP"), so that any Filecoin tool recomputes
 * them: 127 raw bytes become 128 by two zero bits after every 254 (fr32), 32-byte leaves are hashed
 * in pairs by SHA-256 with the two highest bits of the last byte cleared, and zero leaves fill the
 * tree up to 2^height.
 *
 * <p>Invariants: integers only; every decoder accepts exactly the encodings that its encoder makes;
 * every size is bounded by a constant.
 *
 * <p>Main types: {@link org.groundwork.networks.storage.wire.PieceCommitment}, {@link
 * org.groundwork.networks.storage.wire.CommP}, {@link
 * org.groundwork.networks.storage.wire.PieceTree}, {@link
 * org.groundwork.networks.storage.wire.PieceProver}, {@link
 * org.groundwork.networks.storage.wire.PieceProofs}, {@link
 * org.groundwork.networks.storage.wire.SumTree}, {@link
 * org.groundwork.networks.storage.wire.Challenges}.
 */
@NullMarked
package org.groundwork.networks.storage.wire;

import org.jspecify.annotations.NullMarked;
