/**
 * What is kept from epoch to epoch: small canonical bytes under (network, space, key), sorted, with
 * one root.
 */
@NullMarked
package org.groundwork.engine.carry;

import org.jspecify.annotations.NullMarked;
