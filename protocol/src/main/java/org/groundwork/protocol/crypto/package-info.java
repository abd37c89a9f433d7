/**
 * The one crypto port: hashes, the strict signature predicate, and the keys of devices and
 * accounts. No other package of the protocol names a crypto library.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Which signatures are good is decided by {@link
 *       org.groundwork.protocol.crypto.SignaturePredicate} and the equation named there, never by
 *       the library that happens to be installed.
 *   <li>Bad input of any kind is an answer of {@code false} or empty, never an exception.
 *   <li>What signs here is deterministic; secrets do not appear in text.
 * </ul>
 *
 * <p>Main types: {@link org.groundwork.protocol.crypto.PublicKey} and {@link
 * org.groundwork.protocol.crypto.DeviceKey} (devices), {@link
 * org.groundwork.protocol.crypto.AccountKey} and {@link
 * org.groundwork.protocol.crypto.AccountSignatures} (accounts), {@link
 * org.groundwork.protocol.crypto.SignatureVerifiers} (where verifiers come from), {@link
 * org.groundwork.protocol.crypto.VerifyPool} (batches on all cores).
 */
@NullMarked
package org.groundwork.protocol.crypto;

import org.jspecify.annotations.NullMarked;
