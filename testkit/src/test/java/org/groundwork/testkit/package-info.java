@NullMarked
package org.groundwork.testkit;

import org.jspecify.annotations.NullMarked;
