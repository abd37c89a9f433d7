/**
 * The command line and the assembly of processes. {@link org.groundwork.cli.Main} lists the
 * commands; each command is a thin shell over a class that does the work.
 */
@NullMarked
package org.groundwork.cli;

import org.jspecify.annotations.NullMarked;
