/** What gateways and verifiers need of the chain: stakes, plans of epochs, posting. */
@NullMarked
package org.groundwork.node.chain;

import org.jspecify.annotations.NullMarked;
