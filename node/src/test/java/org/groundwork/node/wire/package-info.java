@NullMarked
package org.groundwork.node.wire;

import org.jspecify.annotations.NullMarked;
