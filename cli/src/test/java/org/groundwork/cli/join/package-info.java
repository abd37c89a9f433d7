/** Tests of joining. */
@NullMarked
package org.groundwork.cli.join;

import org.jspecify.annotations.NullMarked;
