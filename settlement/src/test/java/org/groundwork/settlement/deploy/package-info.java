@NullMarked
package org.groundwork.settlement.deploy;

import org.jspecify.annotations.NullMarked;
