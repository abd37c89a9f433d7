/** Anybody's tools: recompute a result from public data, and explain what it says of a device. */
@NullMarked
package org.groundwork.engine.audit;

import org.jspecify.annotations.NullMarked;
