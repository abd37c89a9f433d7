package org.groundwork.networks.sensing.customer;

import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;

/**
 * What a server says of itself. Nothing of it is trusted: the price and the network stand on chain,
 * and whoever asks too much is not paid more than what is signed.
 *
 * @param deployment in hexadecimal digits
 * @param server the device that sells
 * @param price credits a cell and epoch, for all products
 * @param resolution of the cells that are sold
 */
public record Offer(
    String name,
    String deployment,
    NetworkId network,
    DeviceId server,
    Credits price,
    int resolution,
    long cadenceSeconds) {}
