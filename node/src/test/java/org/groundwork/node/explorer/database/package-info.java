@NullMarked
package org.groundwork.node.explorer.database;

import org.jspecify.annotations.NullMarked;
