@NullMarked
package org.groundwork.cli;

import org.jspecify.annotations.NullMarked;
