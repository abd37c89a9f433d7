@NullMarked
package org.groundwork.node.testing;

import org.jspecify.annotations.NullMarked;
