@NullMarked
package org.groundwork.settlement.abi;

import org.jspecify.annotations.NullMarked;
