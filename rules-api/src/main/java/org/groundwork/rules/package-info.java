@NullMarked
package org.groundwork.rules;

import org.jspecify.annotations.NullMarked;
