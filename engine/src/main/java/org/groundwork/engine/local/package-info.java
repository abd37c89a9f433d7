/**
 * The runner of one machine.
 *
 * <p>Steps: {@link org.groundwork.engine.local.EpochInputs} finds the segments that count and their
 * slots; {@link org.groundwork.engine.local.KeyOwners} settles who owns a key that several devices
 * registered; {@link org.groundwork.engine.local.DevicePhase} merges the segments' sorted facts,
 * one device in memory at a time, applies {@link org.groundwork.engine.local.CommonChecks} and the
 * network's first phase, in parallel by ranges of devices; {@link
 * org.groundwork.engine.local.GroupPhase} gathers the claims and runs the second phase; {@link
 * org.groundwork.engine.money.MoneyStep} pays. Results are joined in the order of devices and
 * groups, so that neither the number of threads nor the cut into segments changes a root.
 */
@NullMarked
package org.groundwork.engine.local;

import org.jspecify.annotations.NullMarked;
