/** The only place of this module that reads a clock or sleeps. */
@NullMarked
package org.groundwork.settlement.time;

import org.jspecify.annotations.NullMarked;
