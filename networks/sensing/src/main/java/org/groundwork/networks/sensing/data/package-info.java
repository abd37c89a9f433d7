/**
 * A server that sells what a sensing network measures. It follows what gateways and verifiers
 * publish ({@link org.groundwork.networks.sensing.data.PublicRecords}), keeps readings in DuckDB
 * ({@link org.groundwork.networks.sensing.data.ReadingStore}), takes scope deals and reports them
 * as a device of the network ({@link org.groundwork.networks.sensing.data.Purchases}), and answers
 * whoever shows a token of a payer ({@link org.groundwork.networks.sensing.data.DataServer}).
 *
 * <p>Invariants: nothing is handed out that a purchase does not cover in cell and epoch; what is
 * called accepted or final stands in a result that the chain accepted; everything else is called
 * unverified. The store can be deleted: it is read again from what is public.
 */
@NullMarked
package org.groundwork.networks.sensing.data;

import org.jspecify.annotations.NullMarked;
