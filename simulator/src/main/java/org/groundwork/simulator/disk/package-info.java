/**
 * A disk in memory under the JDK's own file interface. What was not forced may be lost, in part or
 * whole, when its process crashes; so may the names of files whose folder was not forced.
 */
@NullMarked
package org.groundwork.simulator.disk;

import org.jspecify.annotations.NullMarked;
