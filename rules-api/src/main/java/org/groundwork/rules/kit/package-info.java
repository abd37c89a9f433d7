/**
 * Ready checks for rules of any network: ranges, steps, stuck sensors, gaps, neighbours, copied
 * series, and the arithmetic of H3 cells. Pure: whole numbers, no state between calls.
 */
@NullMarked
package org.groundwork.rules.kit;

import org.jspecify.annotations.NullMarked;
