@NullMarked
package org.groundwork.settlement.keys;

import org.jspecify.annotations.NullMarked;
