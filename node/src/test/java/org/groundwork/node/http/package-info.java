@NullMarked
package org.groundwork.node.http;

import org.jspecify.annotations.NullMarked;
