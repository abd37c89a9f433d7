@NullMarked
package org.groundwork.cli.daemon;

import org.jspecify.annotations.NullMarked;
