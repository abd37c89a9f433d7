package org.groundwork.networks.storage.s3;

/**
 * Where a request came from.
 *
 * @param address without the port
 * @param secure whether by TLS
 */
record Peer(String address, boolean secure) {}
