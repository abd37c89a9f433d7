@NullMarked
package org.groundwork.engine.carry;

import org.jspecify.annotations.NullMarked;
