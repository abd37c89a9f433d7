package org.groundwork.settlement.abi;

/**
 * A call of a contract's function.
 *
 * @param <R> what the function returns: a value, or a record of several
 */
public interface ContractCall<R> {}
