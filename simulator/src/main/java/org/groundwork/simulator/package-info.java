/**
 * A whole network in one thread on simulated time: the real gateways, verifiers, outboxes, payers
 * and payees, on disks and links that fail and a chain that reorganises. One seed decides
 * everything.
 *
 * <ul>
 *   <li>{@link org.groundwork.simulator.Simulation}: wires and runs one network
 *   <li>{@link org.groundwork.simulator.Agenda}: simulated time, events, the trace
 *   <li>{@link org.groundwork.simulator.Machine}: a process with its disk, which can crash
 *   <li>{@link org.groundwork.simulator.Invariants}: what must hold after every event
 * </ul>
 */
@NullMarked
package org.groundwork.simulator;

import org.jspecify.annotations.NullMarked;
