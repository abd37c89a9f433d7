/**
 * Facts: what was established once about a segment when it arrived, so that closing an epoch
 * verifies nothing again.
 *
 * <p>Facts are a cache, and the node's own: they are never sent. A file is the segment's canonical
 * bytes with a row for each record (where it starts, its report hash, what its signature is worth)
 * and a CRC-32C; it is mapped into memory.
 */
@NullMarked
package org.groundwork.engine.facts;

import org.jspecify.annotations.NullMarked;
