@NullMarked
package org.groundwork.settlement.rpc;

import org.jspecify.annotations.NullMarked;
