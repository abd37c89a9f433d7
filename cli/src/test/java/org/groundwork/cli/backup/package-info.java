/** Tests of backups. */
@NullMarked
package org.groundwork.cli.backup;

import org.jspecify.annotations.NullMarked;
