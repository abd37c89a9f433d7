/**
 * Segments: what a gateway admitted, sealed and sorted, addressed by the SHA-256 of its canonical
 * bytes.
 *
 * <p>Canonical bytes, big-endian: {@code "GWS1"}, deployment (32), gateway (20), epoch (u64),
 * number (u64), record count (u32), then the records ({@link org.groundwork.protocol.Report#encode
 * length of body, body, signature}) strictly ascending by (device, sequence unsigned, body hash).
 * They are stored and sent as plain zstd frames of exactly 1 MiB of canonical bytes each, the last
 * one shorter, each with its content size: a reader can start at any frame, and compression is
 * never hashed.
 *
 * <p>Main types: {@link org.groundwork.engine.segment.SegmentWriter} seals, {@link
 * org.groundwork.engine.segment.SegmentReader} reads strictly, {@link
 * org.groundwork.engine.segment.SegmentStore} keeps.
 */
@NullMarked
package org.groundwork.engine.segment;

import org.jspecify.annotations.NullMarked;
