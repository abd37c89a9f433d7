/**
 * What a run needs for its time only and memory should not hold: {@link
 * org.groundwork.engine.scratch.Spool} keeps records in their order, {@link
 * org.groundwork.engine.scratch.SortedRuns} sorts them, {@link
 * org.groundwork.engine.scratch.StoredList} shows them as a list. All begin in memory and go to a
 * file beyond a bound, so that small epochs touch no disk. Files have no name any more when they
 * are written to: nothing is left of a run that was killed.
 *
 * <p>Failures of the disk are {@link java.io.UncheckedIOException}s: most of this stands behind
 * iterators.
 */
@NullMarked
package org.groundwork.engine.scratch;

import org.jspecify.annotations.NullMarked;
