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

  /** Judges readings; all devices weigh the same, and cells are sold with all products. */
  public static final RulesVersion VERSION_1 =
      new RulesVersion(
          1, Hash.fromHex("bfa7a24a0fb1e50e72013862256782835a89a244043f952e677bdab7899b3282"));

  /** Weighs devices by who holds their keys, and sells products alone. */
  public static final RulesVersion VERSION_2 =
      new RulesVersion(
          2, Hash.fromHex("1c9742c6df3c0c37e3f1342f5a11e41a956ce3a5031c6647948fc34c7dc66f33"));

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
    return List.of(VERSION_1, VERSION_2);
  }

  @Override
  public Rules rules(RulesVersion version, Bytes parameters) throws Malformed {
    SensingDefinition definition = SensingDefinition.decode(parameters);
    if (definition.version() > version.number()) {
      throw new Malformed("these rules do not know trust and products");
    }
    return new SensingRules(definition, version.number());
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
      case SensingRules.CERTIFICATE -> "a maker's certificate";
      case SensingRules.PRODUCT -> "a customer's purchase of one product of cells";
      default -> "unknown";
    };
  }
}
