/**
 * The gateway: a report is checked by {@link org.groundwork.node.gateway.Admission}, made durable
 * by {@link org.groundwork.node.gateway.Intake} in the {@link org.groundwork.node.gateway.Journal},
 * and promised; each slot is sealed into segments, which go to the verifiers.
 *
 * <p>Invariants: no promise before fsync; what was promised for a slot is in the segments of that
 * slot, once; the same report gets the same promise as long as its epoch is open.
 */
@NullMarked
package org.groundwork.node.gateway;

import org.jspecify.annotations.NullMarked;
