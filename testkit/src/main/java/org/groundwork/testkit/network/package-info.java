/**
 * The test that every resource network must pass: {@link
 * org.groundwork.testkit.network.NetworkContract}. It runs a network's rules alone, as the protocol
 * says that an epoch is run, on sample epochs and on hostile variants of them.
 */
@NullMarked
package org.groundwork.testkit.network;

import org.jspecify.annotations.NullMarked;
