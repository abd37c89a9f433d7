/**
 * The third step, common to all networks: evidence of demand becomes charges, and each charge one
 * payment.
 */
@NullMarked
package org.groundwork.engine.money;

import org.jspecify.annotations.NullMarked;
