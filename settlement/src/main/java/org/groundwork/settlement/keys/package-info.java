/**
 * Encrypted key files: Ethereum's version 3 format for accounts, and the same envelope for the keys
 * of devices. Files are readable by their owner alone and appear whole or not at all.
 */
@NullMarked
package org.groundwork.settlement.keys;

import org.jspecify.annotations.NullMarked;
