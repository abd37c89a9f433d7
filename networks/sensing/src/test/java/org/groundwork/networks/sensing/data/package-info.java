/** Selling and buying data in one process: a chain and public files in memory, all else real. */
@NullMarked
package org.groundwork.networks.sensing.data;

import org.jspecify.annotations.NullMarked;
