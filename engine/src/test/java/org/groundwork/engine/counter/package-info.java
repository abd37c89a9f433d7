@NullMarked
package org.groundwork.engine.counter;

import org.jspecify.annotations.NullMarked;
