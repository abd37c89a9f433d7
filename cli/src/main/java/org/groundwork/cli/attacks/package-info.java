/** The table of attacks: which are mounted by a test, and how it went. */
@NullMarked
package org.groundwork.cli.attacks;

import org.jspecify.annotations.NullMarked;
