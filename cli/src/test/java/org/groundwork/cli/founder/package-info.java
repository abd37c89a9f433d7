@NullMarked
package org.groundwork.cli.founder;

import org.jspecify.annotations.NullMarked;
