@NullMarked
package org.groundwork.engine.segment;

import org.jspecify.annotations.NullMarked;
