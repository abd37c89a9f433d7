@NullMarked
package org.groundwork.cli.bench;

import org.jspecify.annotations.NullMarked;
