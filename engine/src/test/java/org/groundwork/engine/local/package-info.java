@NullMarked
package org.groundwork.engine.local;

import org.jspecify.annotations.NullMarked;
