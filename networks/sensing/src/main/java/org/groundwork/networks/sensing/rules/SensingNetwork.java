package org.groundwork.networks.sensing.rules;

import java.util.List;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.WeatherStation;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Kind;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;
import org.groundwork.rules.RulesVersion;
import org.groundwork.rules.Vocabulary;

/** The resource network {@code sensing}; its parameters are a {@link SensingDefinition}. */
public final class SensingNetwork implements ResourceNetwork {
  public static final Kind KIND = new Kind("sensing");

  /** The only version so far. */
  public static final RulesVersion VERSION_1 =
      new RulesVersion(
          1, Hash.fromHex("bfa7a24a0fb1e50e72013862256782835a89a244043f952e677bdab7899b3282"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public Vocabulary vocabulary() {
    return new Vocabulary(List.of(SensingReason.values()), List.of());
  }

  @Override
  public List<RulesVersion> versions() {
    return List.of(VERSION_1);
  }

  @Override
  public Rules rules(RulesVersion version, Bytes parameters) throws Malformed {
    return new SensingRules(SensingDefinition.decode(parameters));
  }

  @Override
  public Bytes defaultParameters() {
    return WeatherStation.DEFINITION.encode();
  }

  @Override
  public String describe(Bytes payload) {
    int type = payload.isEmpty() ? 0 : payload.get(0);
    return switch (type) {
      case SensingRules.READING -> "reading";
      case SensingRules.TEXT -> "reading in JSON";
      case SensingRules.SCOPE -> "a customer's purchase of cells";
      case SensingRules.REFERENCE -> "a reference series";
      default -> "unknown";
    };
  }
}
