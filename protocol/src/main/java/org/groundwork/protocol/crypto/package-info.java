/**
 * The one crypto port: hashes, the strict signature predicate, and the key types of devices and
 * accounts. No other package of the protocol names a crypto provider.
 */
@NullMarked
package org.groundwork.protocol.crypto;

import org.jspecify.annotations.NullMarked;
