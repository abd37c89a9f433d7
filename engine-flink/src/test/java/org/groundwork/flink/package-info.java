@NullMarked
package org.groundwork.flink;

import org.jspecify.annotations.NullMarked;
