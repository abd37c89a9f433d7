/**
 * Content addressing as IPFS has it: CIDs, DAG-PB and UnixFS, CAR files, and the trustless gateway
 * that serves the blocks of what the network stores.
 *
 * <p>Invariants: no block is used, kept or sent unless its bytes give its CID; every size that a
 * peer names is bounded; readers stream.
 *
 * <p>Main types: {@link org.groundwork.networks.storage.ipld.Cid}, {@link
 * org.groundwork.networks.storage.ipld.FileImporter}, {@link
 * org.groundwork.networks.storage.ipld.CarReader}, {@link
 * org.groundwork.networks.storage.ipld.BlockIndex}, {@link
 * org.groundwork.networks.storage.ipld.IpfsGateway}.
 */
@NullMarked
package org.groundwork.networks.storage.ipld;

import org.jspecify.annotations.NullMarked;
