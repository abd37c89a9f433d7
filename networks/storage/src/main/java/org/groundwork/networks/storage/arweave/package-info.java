/**
 * Permanent storage: signed data items and bundles (Arweave's ANS-104), the endpoint that takes
 * them against a receipt, what they are found by, and the endowment that pays for keeping them.
 *
 * <p>Invariants: an item is durable in the network before its receipt is signed; nothing is indexed
 * whose signature was not verified; every size that a peer names is bounded; prices are integers
 * with named rounding.
 *
 * <p>Main types: {@link org.groundwork.networks.storage.arweave.ItemHeader}, {@link
 * org.groundwork.networks.storage.arweave.ItemSignatures}, {@link
 * org.groundwork.networks.storage.arweave.BundleTable}, {@link
 * org.groundwork.networks.storage.arweave.PermanentStore}, {@link
 * org.groundwork.networks.storage.arweave.PermanentApi}, {@link
 * org.groundwork.networks.storage.arweave.Endowment}.
 */
@NullMarked
package org.groundwork.networks.storage.arweave;

import org.jspecify.annotations.NullMarked;
