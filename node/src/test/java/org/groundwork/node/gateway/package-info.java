@NullMarked
package org.groundwork.node.gateway;

import org.jspecify.annotations.NullMarked;
