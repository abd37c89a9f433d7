@NullMarked
package org.groundwork.settlement.wallet;

import org.jspecify.annotations.NullMarked;
