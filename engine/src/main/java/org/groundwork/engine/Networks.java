package org.groundwork.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Kind;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;
import org.groundwork.rules.RulesVersion;

/** The kinds of resource networks that this program can judge. */
public final class Networks {
  private final Map<Kind, ResourceNetwork> byKind = new TreeMap<>();

  public Networks(Collection<? extends ResourceNetwork> networks) {
    for (ResourceNetwork network : networks) {
      if (byKind.putIfAbsent(network.kind(), network) != null) {
        throw new IllegalArgumentException("two networks of kind " + network.kind());
      }
    }
  }

  /** Those on the class path. */
  public static Networks installed() {
    return new Networks(
        ServiceLoader.load(ResourceNetwork.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  public List<Kind> kinds() {
    return List.copyOf(byKind.keySet());
  }

  public Optional<ResourceNetwork> of(Kind kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /**
   * The rules of a network.
   *
   * @throws UnknownRules if its kind or the version of its rules is not installed, or they refuse
   *     its parameters
   */
  public Rules rules(PlannedNetwork network) throws UnknownRules {
    ResourceNetwork installed =
        of(network.kind())
            .orElseThrow(() ->
                new UnknownRules(
                    "network %s is of kind %s; installed are %s"
                        .formatted(network.id(), network.kind(), kinds())));
    RulesVersion version =
        installed
            .version(network.rulesHash(), network.parameters())
            .orElseThrow(() ->
                new UnknownRules(
                    "network %s follows rules %s; this program knows %s up to version %d"
                        .formatted(
                            network.id(),
                            network.rulesHash(),
                            network.kind(),
                            installed.newest().number())));
    try {
      return installed.rules(version, network.parameters());
    } catch (Malformed e) {
      throw new UnknownRules("network " + network.id() + " has other parameters", e);
    }
  }

  /** The reasons that records and faults of a network may have. */
  public Reasons reasons(Kind kind) {
    return new Reasons(of(kind).map(network -> network.vocabulary().reasons()).orElse(List.of()));
  }
}
