/**
 * What an epoch means: a pure function of the chain's inputs, the segments and the carry.
 *
 * <p>The way of the data: {@link org.groundwork.engine.segment.SegmentReader} reads what gateways
 * sealed, {@link org.groundwork.engine.facts.FactsMaker} establishes once what each record is
 * worth, {@link org.groundwork.engine.index.SegmentClock} says when it arrived, a {@link
 * org.groundwork.engine.Runner} judges an {@link org.groundwork.engine.EpochPlan} into an {@link
 * org.groundwork.engine.EpochResult}, {@link org.groundwork.engine.files.ResultStore} publishes it,
 * and {@link org.groundwork.engine.audit.Audit} does it all again.
 *
 * <p>Invariants: the same plan, carry and reports give the same roots, whatever the order, the cut
 * into segments and the number of threads; nothing here reads a clock; rules that throw stop the
 * run, they never become a verdict; what cannot be had or judged is an exception, never a guess. A
 * segment or index that more than a third of the stake certified must be to be had: an honest
 * verifier holds it, and its bytes passed the strict reader before that verifier signed.
 */
@NullMarked
package org.groundwork.engine;

import org.jspecify.annotations.NullMarked;
