/**
 * One daemon: {@link org.groundwork.node.Node} wires the roles that its {@link
 * org.groundwork.node.NodeConfig} names. Also the adapters by which agents and auditors reach nodes
 * and the chain.
 *
 * <ul>
 *   <li>{@code gateway}: admits reports, promises, seals, distributes
 *   <li>{@code verifier}: keeps segments, judges epochs, settles
 *   <li>{@code chain}: what both need of the chain
 *   <li>{@code wire}: what nodes say to each other, and the client
 *   <li>{@code http}: the server
 *   <li>{@code files}, {@code run}: durable files, and who runs steps
 * </ul>
 */
@NullMarked
package org.groundwork.node;

import org.jspecify.annotations.NullMarked;
