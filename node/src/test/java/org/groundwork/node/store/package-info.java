@NullMarked
package org.groundwork.node.store;

import org.jspecify.annotations.NullMarked;
