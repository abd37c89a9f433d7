@NullMarked
package org.groundwork.simulator.disk;

import org.jspecify.annotations.NullMarked;
