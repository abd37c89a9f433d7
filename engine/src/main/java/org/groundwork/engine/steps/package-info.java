/**
 * The steps of an epoch as pure functions, for every engine that runs them: {@link
 * org.groundwork.engine.local.LocalRunner} on one machine, a cluster beyond it.
 *
 * <p>{@link org.groundwork.engine.steps.EpochInputs} finds the segments that count, their slots and
 * ranks; {@link org.groundwork.engine.steps.EpochSteps} has the rules of the plan and gives out the
 * rest. {@link org.groundwork.engine.steps.KeyOwners} settles who owns a key that several devices
 * registered: before the first phase, once. Then
 *
 * <ol>
 *   <li>{@link org.groundwork.engine.steps.DevicePhase} judges one device: its sorted records of
 *       all segments and what is kept about it, to a {@link
 *       org.groundwork.engine.steps.DeviceOutcome}, {@link
 *       org.groundwork.engine.steps.PlacedClaim}s and {@link
 *       org.groundwork.engine.steps.RecordVerdict}s;
 *   <li>{@link org.groundwork.engine.steps.GroupPhase} reconciles one group: its sorted claims and
 *       what is kept about it, to a {@link org.groundwork.engine.steps.GroupOutcome} and {@link
 *       org.groundwork.engine.steps.Lowering}s; every group that has claims, or carry in a network
 *       of the plan;
 *   <li>{@link org.groundwork.engine.steps.Closing} applies the lowerings in the order of groups,
 *       pays by {@link org.groundwork.engine.money.MoneyStep}, and puts the result together from
 *       outcomes in the order of devices and of groups; {@link
 *       org.groundwork.engine.steps.Covering} joins the results of several epochs into one.
 * </ol>
 *
 * <p>What moves between them has an encoding of its own ({@code encode}, {@code decode}; {@link
 * org.groundwork.engine.steps.RecordBytes} for records): never stored, never hashed, the same
 * program reads what it wrote. Encodings compare as unsigned bytes in the order that the next step
 * wants. Neither threads, machines, nor the cut into segments change a root.
 */
@NullMarked
package org.groundwork.engine.steps;

import org.jspecify.annotations.NullMarked;
