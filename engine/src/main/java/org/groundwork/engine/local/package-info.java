/**
 * The runner of one machine: the steps of {@link org.groundwork.engine.steps}, in parallel by
 * ranges of devices and of groups.
 */
@NullMarked
package org.groundwork.engine.local;

import org.jspecify.annotations.NullMarked;
