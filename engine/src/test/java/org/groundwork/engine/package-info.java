@NullMarked
package org.groundwork.engine;

import org.jspecify.annotations.NullMarked;
