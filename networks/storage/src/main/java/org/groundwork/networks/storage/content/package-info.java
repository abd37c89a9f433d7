/**
 * The web server of a gateway's public side, and what its fronts share: {@link
 * org.groundwork.networks.storage.ipld.IpfsGateway} and {@link
 * org.groundwork.networks.storage.arweave.PermanentApi} listen on it.
 */
@NullMarked
package org.groundwork.networks.storage.content;

import org.jspecify.annotations.NullMarked;
