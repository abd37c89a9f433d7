@NullMarked
package org.groundwork.settlement.local;

import org.jspecify.annotations.NullMarked;
