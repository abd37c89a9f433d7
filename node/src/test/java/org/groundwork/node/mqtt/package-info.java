@NullMarked
package org.groundwork.node.mqtt;

import org.jspecify.annotations.NullMarked;
