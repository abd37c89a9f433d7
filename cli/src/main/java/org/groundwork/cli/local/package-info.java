/** A whole network on one machine: its folder, its processes, its accounts. */
@NullMarked
package org.groundwork.cli.local;

import org.jspecify.annotations.NullMarked;
