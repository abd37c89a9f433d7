@NullMarked
package org.groundwork.engine.index;

import org.jspecify.annotations.NullMarked;
