/**
 * The third step, common to all networks: evidence of demand becomes charges, and each charge one
 * payment; then what operators, devices and the treasury earn, and what stakes lose.
 */
@NullMarked
package org.groundwork.engine.money;

import org.jspecify.annotations.NullMarked;
