@NullMarked
package org.groundwork.simulator;

import org.jspecify.annotations.NullMarked;
