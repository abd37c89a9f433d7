/**
 * Acting on the chain: {@link org.groundwork.settlement.wallet.Wallet} is one account in one
 * deployment, with a method for each thing an account can do there.
 */
@NullMarked
package org.groundwork.settlement.wallet;

import org.jspecify.annotations.NullMarked;
