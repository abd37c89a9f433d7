package org.groundwork.agent;

import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.MessageSigner;

/** Who signs: a registered device and its key. */
public record DeviceIdentity(
    DeploymentId deployment, NetworkId network, DeviceId device, MessageSigner signer) {}
