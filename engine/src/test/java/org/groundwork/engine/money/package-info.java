@NullMarked
package org.groundwork.engine.money;

import org.jspecify.annotations.NullMarked;
