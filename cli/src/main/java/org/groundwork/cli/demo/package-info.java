/** The script of {@code groundwork demo} and its closing table. */
@NullMarked
package org.groundwork.cli.demo;

import org.jspecify.annotations.NullMarked;
