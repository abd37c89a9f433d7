@NullMarked
package org.groundwork.settlement;

import org.jspecify.annotations.NullMarked;
