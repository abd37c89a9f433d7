/**
 * The provider's side: pieces on disk, deals, proofs, and reading that is paid by vouchers.
 *
 * <p>{@link org.groundwork.networks.storage.provider.StorageProvider} is the daemon. What it has
 * answered with success is on disk: a piece before its upload is acknowledged, a deal before its
 * report leaves. Killed at any moment it goes on where it was: the deals come from {@link
 * org.groundwork.networks.storage.provider.DealBook}, the pieces from {@link
 * org.groundwork.networks.storage.provider.PieceStore}, what was not promised is submitted again.
 *
 * <p>It answers challenges from the data as it is: what is lost or damaged is reported so, logged
 * and shown by {@code /v1/status}.
 */
@NullMarked
package org.groundwork.networks.storage.provider;

import org.jspecify.annotations.NullMarked;
