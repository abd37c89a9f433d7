@NullMarked
package org.groundwork.cli.earnings;

import org.jspecify.annotations.NullMarked;
