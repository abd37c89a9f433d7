@NullMarked
package org.groundwork.checks;

import org.jspecify.annotations.NullMarked;
