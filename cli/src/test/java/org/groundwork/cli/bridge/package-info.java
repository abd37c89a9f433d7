@NullMarked
package org.groundwork.cli.bridge;

import org.jspecify.annotations.NullMarked;
