/**
 * What nodes, devices and readers say to each other over HTTP: errors, signed requests, statements,
 * and the client. Everything read from a peer is bounded and checked.
 */
@NullMarked
package org.groundwork.node.wire;

import org.jspecify.annotations.NullMarked;
