/**
 * Indexes: which segments a gateway sealed in an epoch, and which verifiers had them when.
 *
 * <p>Canonical bytes, big-endian: {@code "GWI1"}, deployment (32), epoch (u64), gateway (20), entry
 * count (u32), then the entries strictly ascending by segment: segment (32), canonical size (u32),
 * record count (u32), signature count (u16), then the signatures strictly ascending by verifier:
 * verifier (20), slot (u64), signature (65). The address is the SHA-256 of these bytes; they are
 * stored and sent as they are.
 *
 * <p>The verifiers' signatures are the protocol's clock: {@link
 * org.groundwork.engine.index.SegmentClock}.
 */
@NullMarked
package org.groundwork.engine.index;

import org.jspecify.annotations.NullMarked;
