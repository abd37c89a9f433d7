@NullMarked
package org.groundwork.node.explorer.index;

import org.jspecify.annotations.NullMarked;
