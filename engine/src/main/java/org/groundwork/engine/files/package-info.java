/**
 * What a verifier publishes of an epoch, so that anybody recomputes and explains it.
 *
 * <p>One folder for each epoch and attempt, named {@code EPOCH-ATTEMPT-FIRST}, FIRST being the
 * first epoch that it covers:
 *
 * <ul>
 *   <li>{@code result.json}: the statement, its hash, the dust, what was skipped;
 *   <li>{@code money.json}: the money leaves in OpenZeppelin's "standard-v1" format, as its {@code
 *       StandardMerkleTree.load} reads it;
 *   <li>{@code devices.json}, {@code charges.json}: what it meant, one object a device and a piece
 *       of evidence;
 *   <li>{@code economy.json}: what operators, devices' owners and the treasury earned besides, and
 *       what stakes lost;
 *   <li>{@code indexes/HASH.index}: the posted indexes;
 *   <li>{@code verdicts/SEGMENT.verdicts}: {@link org.groundwork.engine.SegmentVerdicts};
 *   <li>{@code manifest.json}: path, size and SHA-256 of all of these.
 * </ul>
 *
 * <p>A result over skipped epochs has one folder, of its own epoch; {@code first} in {@code
 * result.json} says where it begins, and the lists hold what all covered epochs came to.
 *
 * <p>The carry after it has a file of its own, a {@link org.groundwork.engine.carry.CarryFile} by
 * its root, which is not kept for every epoch.
 *
 * <p>The chain's part of the inputs is not here: an auditor reads it from the chain. JSON files
 * have one encoding only; a file that would be written otherwise is refused.
 */
@NullMarked
package org.groundwork.engine.files;

import org.jspecify.annotations.NullMarked;
