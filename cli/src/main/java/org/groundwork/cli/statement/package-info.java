/** What a customer was charged for in a time, and that it is what the chain settled. */
@NullMarked
package org.groundwork.cli.statement;

import org.jspecify.annotations.NullMarked;
