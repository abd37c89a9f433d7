/**
 * What stands behind the commands of a founder: what a definition would change on chain, modules to
 * start from.
 */
@NullMarked
package org.groundwork.cli.founder;

import org.jspecify.annotations.NullMarked;
