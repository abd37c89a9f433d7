@NullMarked
package org.groundwork.node.explorer;

import org.jspecify.annotations.NullMarked;
