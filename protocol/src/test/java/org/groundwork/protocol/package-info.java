@NullMarked
package org.groundwork.protocol;

import org.jspecify.annotations.NullMarked;
