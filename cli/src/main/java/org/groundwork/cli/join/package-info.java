/**
 * How further machines join a deployment: a token, used once, that carries the first machine's
 * address and the fingerprint of its certificate; a TLS door at the first machine that takes it and
 * passes the chain on; a loopback address at the joined machine that leads to the door.
 */
@NullMarked
package org.groundwork.cli.join;

import org.jspecify.annotations.NullMarked;
