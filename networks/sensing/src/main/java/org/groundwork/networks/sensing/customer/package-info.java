/**
 * A customer of a sensing network: makes the scope deal that pays for cells ({@link
 * org.groundwork.networks.sensing.customer.ScopeOrder}) and speaks to a server that sells their
 * data ({@link org.groundwork.networks.sensing.customer.DataClient}).
 */
@NullMarked
package org.groundwork.networks.sensing.customer;

import org.jspecify.annotations.NullMarked;
