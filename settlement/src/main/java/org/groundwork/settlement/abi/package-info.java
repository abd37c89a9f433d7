/**
 * The contracts' functions, events and errors.
 *
 * <p>Each is a record (errors: a row of {@link org.groundwork.settlement.abi.ContractErrors}) with
 * its Solidity signature in {@link org.groundwork.settlement.abi.Solidity}; a test compares every
 * signature with {@code contracts/artifacts} and fails on an event or error that is bound nowhere.
 *
 * <p>The codec is our own: web3j's decodes nested tuples only into classes written for it, accepts
 * dirty padding and recurses into offsets without a bound. It serves as oracle in the tests.
 */
@NullMarked
package org.groundwork.settlement.abi;

import org.jspecify.annotations.NullMarked;
