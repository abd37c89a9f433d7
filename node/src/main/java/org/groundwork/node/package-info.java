@NullMarked
package org.groundwork.node;

import org.jspecify.annotations.NullMarked;
