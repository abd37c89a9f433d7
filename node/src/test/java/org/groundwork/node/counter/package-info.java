@NullMarked
package org.groundwork.node.counter;

import org.jspecify.annotations.NullMarked;
