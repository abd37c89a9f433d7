package org.groundwork.cli;

import java.util.List;
import java.util.Optional;
import org.groundwork.networks.sensing.definition.DefinitionFile;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredNetwork;

/** Networks by number or, if their definition says one, by name. */
public final class NetworkNames {
  private NetworkNames() {}

  /**
   * The network that a user means.
   *
   * @param text its number or its name; of several with one name, the first that was created
   * @throws Failure if there is none
   */
  public static RegisteredNetwork find(ChainState state, String text) {
    return state.networks().values().stream()
        .filter(network -> network.id().toString().equals(text) || isNamed(network, text))
        .findFirst()
        .orElseThrow(() -> new Failure("There is no network " + text + "." + known(state)));
  }

  private static String known(ChainState state) {
    List<String> titles =
        state.networks().values().stream()
            .map(network -> network.id() + " (" + title(network) + ")")
            .toList();
    return titles.isEmpty() ? "" : " There are " + String.join(", ", titles) + ".";
  }

  static boolean isNamed(RegisteredNetwork network, String name) {
    return definition(network).filter(known -> known.name().equals(name)).isPresent();
  }

  /** The name and the kind of a network. */
  static String title(RegisteredNetwork network) {
    return definition(network)
        .map(known -> known.name() + ", " + network.kind())
        .orElse(network.kind());
  }

  /** The same of a kind and its parameters. */
  public static String title(String kind, Bytes parameters) {
    Optional<SensingDefinition> definition =
        kind.equals(DefinitionFile.KIND) ? decode(parameters) : Optional.empty();
    return definition.map(known -> known.name() + ", " + kind).orElse(kind);
  }

  /** The newest definition of a sensing network: the one in force, or the next to be. */
  public static Optional<SensingDefinition> definition(RegisteredNetwork network) {
    return network.kind().equals(DefinitionFile.KIND)
        ? decode(network.rules().getLast().parameters())
        : Optional.empty();
  }

  static Optional<SensingDefinition> decode(Bytes parameters) {
    try {
      return Optional.of(SensingDefinition.decode(parameters));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }
}
