package org.groundwork.networks.sensing.definition;

import java.util.Optional;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.TokenAmount;

/**
 * What a definition file says when nothing in it is wrong.
 *
 * @param rules what the rules need of it; their bytes are the network's parameters on chain
 * @param bootstrap new tokens for a start, if any
 */
public record FounderDefinition(SensingDefinition rules, Optional<BootstrapTerms> bootstrap) {
  /**
   * New tokens for devices as long as there are few customers. It can only be set when the network
   * is created.
   *
   * @param tokens for the first epoch; from then on they fall to nothing in a straight line
   * @param epochs how long
   * @param maxCell most that one cell gets of an epoch's budget
   * @param newDevices most devices that join in one epoch
   * @param deviceStake least stake of a device that takes part
   */
  public record BootstrapTerms(
      TokenAmount tokens,
      long epochs,
      BasisPoints maxCell,
      long newDevices,
      TokenAmount deviceStake) {
    public BootstrapBudget from(EpochNumber first) {
      return new BootstrapBudget(
          tokens, first, new EpochNumber(first.value() + epochs), maxCell, newDevices, deviceStake);
    }
  }

  public String name() {
    return rules.name();
  }

  /** The budget of a network that begins with this epoch. */
  public BootstrapBudget budget(EpochNumber first) {
    return bootstrap.map(terms -> terms.from(first)).orElse(BootstrapBudget.NONE);
  }
}
