/**
 * The rules of a sensing network: what a device's readings are worth, alone and beside its
 * neighbours'. Pure.
 */
@NullMarked
package org.groundwork.networks.sensing.rules;

import org.jspecify.annotations.NullMarked;
