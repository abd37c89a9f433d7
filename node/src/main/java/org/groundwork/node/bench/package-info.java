/**
 * How close a gateway comes to what the machine's signature verification allows, and whether it
 * keeps its word when it is killed. Real journal, real HTTP, generated devices.
 */
@NullMarked
package org.groundwork.node.bench;

import org.jspecify.annotations.NullMarked;
