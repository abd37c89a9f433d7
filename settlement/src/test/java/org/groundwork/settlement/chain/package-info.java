@NullMarked
package org.groundwork.settlement.chain;

import org.jspecify.annotations.NullMarked;
