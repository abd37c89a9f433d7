/**
 * The customer's side: {@link org.groundwork.networks.storage.customer.StorageCustomer} encrypts
 * what it is given, codes it k of n, places the pieces on providers under deals, and gets it back
 * from any k of them.
 *
 * <p>An object is cut into stripes; a stripe is encrypted in frames and coded into n pieces. What
 * is needed to find them again is a {@link org.groundwork.networks.storage.customer.Manifest} in
 * the customer's {@link org.groundwork.networks.storage.customer.Catalog}.
 */
@NullMarked
package org.groundwork.networks.storage.customer;

import org.jspecify.annotations.NullMarked;
