package org.groundwork.settlement.abi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error that a contract reverted with.
 *
 * @param name as in Solidity
 * @param arguments by parameter name, in their order
 * @param sentence for a person
 */
public record ContractError(String name, Map<String, String> arguments, String sentence) {
  public ContractError {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }
}
