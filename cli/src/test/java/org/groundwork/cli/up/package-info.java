/** Tests of what keeps a machine running. */
@NullMarked
package org.groundwork.cli.up;

import org.jspecify.annotations.NullMarked;
