package org.groundwork.rules;

import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/** A kind of resource network; found by {@link java.util.ServiceLoader}. */
public interface ResourceNetwork {
  Kind kind();

  Vocabulary vocabulary();

  /** All versions of the rules there ever were, 1, 2, ...; at least one. */
  List<RulesVersion> versions();

  /**
   * The rules of a version under a network's parameters.
   *
   * @param version one of {@link #versions}
   * @param parameters as the network registry carries them: {@link ParameterValues} of the
   *     vocabulary's, or an encoding of the kind's own, read in one way only
   * @throws Malformed if they are not canonical, or a parameter is unknown, missing or out of
   *     bounds
   */
  Rules rules(RulesVersion version, Bytes parameters) throws Malformed;

  /** Describes a payload to a person, for {@code groundwork why}; of whatever bytes. */
  String describe(Bytes payload);

  default RulesVersion newest() {
    return versions().getLast();
  }

  /** The version that the network registry names by this hash. */
  default Optional<RulesVersion> version(Hash rulesHash, Bytes parameters) {
    return versions().stream()
        .filter(version -> version.hash(kind(), parameters).equals(rulesHash))
        .findFirst();
  }

  /** The parameters of a network that sets none itself; a kind with an encoding of its own says. */
  default Bytes defaultParameters() {
    return ParameterValues.standard(vocabulary().parameters()).encode();
  }
}
