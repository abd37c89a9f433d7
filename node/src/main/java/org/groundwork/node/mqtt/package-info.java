/**
 * The gateway's MQTT broker: versions 3.1.1 and 5 (OASIS standards), on Netty's codec. It is no
 * broker for everything: devices publish reports and their status, the gateway publishes answers,
 * and what it accepted to those who may read it.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The PUBACK of a report leaves after the gateway's promise is durable, or because the report
 *       never will be taken; never before.
 *   <li>A device publishes under its own number only. Nobody subscribes to what is not his.
 *   <li>Sessions end with their connection: no packet waits for who is away, in memory or on disk.
 *   <li>Threads of the network never wait for signatures or the disk; what waits is bounded for
 *       each connection, and then its socket is not read.
 * </ul>
 *
 * <p>Main types: {@link org.groundwork.node.mqtt.MqttServer}, {@link
 * org.groundwork.node.mqtt.Readers} (who may read, given by who assembles a gateway).
 */
@NullMarked
package org.groundwork.node.mqtt;

import org.jspecify.annotations.NullMarked;
