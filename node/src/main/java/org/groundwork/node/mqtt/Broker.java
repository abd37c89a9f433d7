package org.groundwork.node.mqtt;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.groundwork.node.gateway.Admission;

/**
 * What all connections share.
 *
 * @param executor its threads may wait
 */
record Broker(
    MqttSettings settings,
    MqttLogin login,
    Admission admission,
    Sessions sessions,
    Executor executor,
    InstantSource clock) {}
