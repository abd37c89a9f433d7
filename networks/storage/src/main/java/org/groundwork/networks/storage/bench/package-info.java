/**
 * Speeds of the storage network's own work, each beside the limit that this machine sets, measured
 * in the same run. Floating point is fine here: nothing of it reaches rules.
 */
@NullMarked
package org.groundwork.networks.storage.bench;

import org.jspecify.annotations.NullMarked;
