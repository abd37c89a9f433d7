/**
 * The verifier: keeps every segment of every gateway and says when it came ({@link
 * org.groundwork.node.verifier.Reception}), judges each epoch alone ({@link
 * org.groundwork.node.verifier.Judge}), and settles it with those who found the same ({@link
 * org.groundwork.node.verifier.Quorum}).
 *
 * <p>Invariants: one slot for a segment, one statement for an epoch and close block, whatever
 * crashes; nothing is signed that is not on disk.
 */
@NullMarked
package org.groundwork.node.verifier;

import org.jspecify.annotations.NullMarked;
