@NullMarked
package org.groundwork.engine.scratch;

import org.jspecify.annotations.NullMarked;
