/**
 * The runtime of devices and customers: a durable {@link org.groundwork.agent.Outbox} of signed
 * reports, the slots with their seeds, a {@link org.groundwork.agent.Payer} that never signs more
 * than is reserved, a {@link org.groundwork.agent.Payee} that keeps the highest voucher.
 *
 * <p>What comes from outside comes through two ports: {@link org.groundwork.agent.ChainFeed} and
 * {@link org.groundwork.agent.Gateways}.
 */
@NullMarked
package org.groundwork.agent;

import org.jspecify.annotations.NullMarked;
