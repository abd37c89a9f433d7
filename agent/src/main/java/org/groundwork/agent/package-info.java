@NullMarked
package org.groundwork.agent;

import org.jspecify.annotations.NullMarked;
