package org.groundwork.cli.founder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.groundwork.networks.sensing.definition.DefinitionFile;
import org.groundwork.networks.sensing.definition.FounderDefinition;
import org.groundwork.networks.sensing.rules.SensingNetwork;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.RulesVersion;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredNetwork;

/**
 * What would have to change on chain so that it says what a definition says.
 *
 * @param network the one of the definition's name, if it exists
 * @param rules what the registry is to keep of the rules
 * @param budget of bootstrap, for a network that does not exist yet
 * @param step the next one
 * @param proposal the one that is on its way, if the step is to decide on it
 * @param changes by what they change
 * @param notes what cannot be changed, and what else to know
 */
public record NetworkPlan(
    Optional<RegisteredNetwork> network,
    Bytes parameters,
    Hash rules,
    BootstrapBudget budget,
    Step step,
    Optional<ChainEvent.Proposed> proposal,
    List<Change> changes,
    List<String> notes) {
  /** What is to be done next. */
  public enum Step {
    NOTHING("nothing"),
    CREATE("create the network"),
    PROPOSE_RULES("propose the changed rules"),
    DECIDE("decide on the proposal that exists"),
    ACTIVATE("activate the rules that were decided on");

    private final String text;

    Step(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** One part of the definition; {@code before} is empty for what is new. */
  public record Change(String what, String before, String after) {}

  public NetworkPlan {
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  /**
   * Compares a definition with the chain.
   *
   * @param live proposals that may still be executed
   * @param first the first epoch with bootstrap, if there is any and the network is created
   */
  public static NetworkPlan of(
      ChainState state,
      List<ChainEvent.Proposed> live,
      FounderDefinition definition,
      EpochNumber first) {
    Bytes parameters = definition.rules().encode();
    RulesVersion newest = new SensingNetwork().newest();
    Hash rules = newest.hash(SensingNetwork.KIND, parameters);
    Optional<RegisteredNetwork> network = named(state, definition.name());
    Optional<ChainEvent.Proposed> proposal =
        live.stream().filter(proposed -> carries(proposed, parameters)).findFirst();
    Step step =
        network
            .map(known -> next(known, rules, proposal.isPresent()))
            .orElse(proposal.isPresent() ? Step.DECIDE : Step.CREATE);
    Optional<SensingDefinition> before = network.flatMap(NetworkPlan::definition);
    return new NetworkPlan(
        network,
        parameters,
        rules,
        definition.budget(first),
        step,
        step == Step.DECIDE ? proposal : Optional.empty(),
        changes(before, definition.rules()),
        notes(network, before, definition));
  }

  private static Step next(RegisteredNetwork network, Hash rules, boolean proposed) {
    if (network.rules().getLast().hash().equals(rules)) {
      return Step.NOTHING;
    }
    if (network.proposed().filter(next -> next.hash().equals(rules)).isPresent()) {
      return Step.ACTIVATE;
    }
    return proposed ? Step.DECIDE : Step.PROPOSE_RULES;
  }

  private static Optional<RegisteredNetwork> named(ChainState state, String name) {
    return state.networks().values().stream()
        .filter(network -> network.kind().equals(DefinitionFile.KIND))
        .filter(
            network -> definition(network).filter(known -> known.name().equals(name)).isPresent())
        .findFirst();
  }

  private static Optional<SensingDefinition> definition(RegisteredNetwork network) {
    try {
      return Optional.of(SensingDefinition.decode(network.rules().getLast().parameters()));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  /** Whether a proposal hands these parameters to some contract. */
  private static boolean carries(ChainEvent.Proposed proposed, Bytes parameters) {
    String hex = parameters.toString().substring(2);
    return proposed.proposal().actions().stream()
        .anyMatch(action -> action.data().toString().contains(hex));
  }

  private static List<Change> changes(Optional<SensingDefinition> before, SensingDefinition after) {
    SequencedMap<String, String> now = DefinitionText.all(after);
    if (before.isEmpty()) {
      return now.entrySet().stream()
          .map(part -> new Change(part.getKey(), "", part.getValue()))
          .toList();
    }
    SequencedMap<String, String> then = DefinitionText.all(before.get());
    TreeSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      String old = then.getOrDefault(name, "");
      String other = now.getOrDefault(name, "");
      if (!old.equals(other)) {
        changes.add(new Change(name, old, other.isEmpty() ? "none" : other));
      }
    }
    return changes;
  }

  private static List<String> notes(
      Optional<RegisteredNetwork> network,
      Optional<SensingDefinition> before,
      FounderDefinition definition) {
    List<String> notes = new ArrayList<>();
    if (network.isPresent()
        && !definition
            .budget(network.get().bootstrap().start())
            .equals(network.get().bootstrap())) {
      notes.add(
          "Bootstrap was fixed when the network was created (%s); [bootstrap] changes nothing."
              .formatted(DefinitionText.of(network.get().bootstrap())));
    }
    if (before.isPresent()
        && before.get().cellResolution() != definition.rules().cellResolution()) {
      notes.add("Devices keep the cells in which they are registered; others must register again.");
    }
    if (before.isPresent() && !names(before.get()).equals(names(definition.rules()))) {
      notes.add("Devices that send binary readings must know the new fields and their order.");
    }
    return notes;
  }

  private static List<String> names(SensingDefinition definition) {
    return definition.fields().stream().map(field -> field.name()).toList();
  }
}
