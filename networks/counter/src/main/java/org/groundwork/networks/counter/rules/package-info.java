/**
 * A small network for tests, benches and simulations: meters in cells count, customers pay for the
 * slots that were read. It uses every part of the seam, and no product contains it: it names itself
 * in no service file.
 *
 * <p>{@link org.groundwork.networks.counter.rules.CounterNetwork} writes its reports too.
 */
@NullMarked
package org.groundwork.networks.counter.rules;

import org.jspecify.annotations.NullMarked;
