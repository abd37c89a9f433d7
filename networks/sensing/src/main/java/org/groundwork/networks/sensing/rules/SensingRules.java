package org.groundwork.networks.sensing.rules;

import java.util.List;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.ReferenceSeries;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Seed;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Challenge;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.Rules;

/** The rules of {@link SensingNetwork} under one definition. */
final class SensingRules implements Rules {
  static final int READING = Reading.TYPE;
  static final int TEXT = Reading.TEXT_TYPE;
  static final int SCOPE = 0x02;
  static final int REFERENCE = ReferenceSeries.TYPE;

  /** A maker's certificate; from the second version of the rules on. */
  static final int CERTIFICATE = 0x04;

  /** A purchase of one product; from the second version of the rules on. */
  static final int PRODUCT = 0x05;

  /** A day of readings every six seconds. */
  static final int MAX_RECORDS = 1 << 14;

  private final SensingDefinition definition;
  private final int version;

  /**
   * Rules.
   *
   * @param version of the rules: 1 knows neither trust nor products
   */
  SensingRules(SensingDefinition definition, int version) {
    this.definition = definition;
    this.version = version;
  }

  @Override
  public int maxRecordsPerDevice() {
    return MAX_RECORDS;
  }

  @Override
  public List<Challenge> challenges(Seed seed, Device device, Carry carry) {
    return List.of();
  }

  @Override
  public DeviceResult judge(DeviceInput input) {
    return new DevicePass(definition, version, input).run();
  }

  @Override
  public GroupResult reconcile(GroupInput input) {
    return new CellPass(definition, input).run();
  }
}
