/** What devices earned, from published results, and what one more might. */
@NullMarked
package org.groundwork.cli.earnings;

import org.jspecify.annotations.NullMarked;
