/**
 * Measures of the engine beside their limits: closing an epoch, auditing it, the money root.
 *
 * <p>{@link org.groundwork.cli.bench.SyntheticEpoch} makes a whole epoch of a network of meters, a
 * function of its size alone, so that the process that measures needs nothing but the files and the
 * size.
 */
@NullMarked
package org.groundwork.cli.bench;

import org.jspecify.annotations.NullMarked;
