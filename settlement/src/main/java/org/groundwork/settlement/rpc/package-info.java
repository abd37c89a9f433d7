/**
 * JSON-RPC over HTTP: deadlines, bounded answers, retries of reads only, typed errors.
 *
 * <p>What a node answers is somebody else's data: every field is checked before it becomes a
 * record.
 */
@NullMarked
package org.groundwork.settlement.rpc;

import org.jspecify.annotations.NullMarked;
