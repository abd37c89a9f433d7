package org.groundwork.node.testing;

import java.util.List;
import java.util.function.UnaryOperator;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Seed;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Challenge;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.Kind;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;
import org.groundwork.rules.RulesVersion;
import org.groundwork.rules.Vocabulary;

/** A counter that says something else about each device than the counter does. */
public final class AlteredCounter implements ResourceNetwork {
  private final CounterNetwork real = new CounterNetwork();
  private final UnaryOperator<DeviceResult> alteration;

  public AlteredCounter(UnaryOperator<DeviceResult> alteration) {
    this.alteration = alteration;
  }

  @Override
  public Kind kind() {
    return real.kind();
  }

  @Override
  public Vocabulary vocabulary() {
    return real.vocabulary();
  }

  @Override
  public List<RulesVersion> versions() {
    return real.versions();
  }

  @Override
  public Rules rules(RulesVersion version, Bytes parameters) throws Malformed {
    Rules honest = real.rules(version, parameters);
    return new Rules() {
      @Override
      public int maxRecordsPerDevice() {
        return honest.maxRecordsPerDevice();
      }

      @Override
      public List<Challenge> challenges(Seed seed, Device device, Carry carry) {
        return List.of();
      }

      @Override
      public DeviceResult judge(DeviceInput input) {
        return alteration.apply(honest.judge(input));
      }

      @Override
      public GroupResult reconcile(GroupInput input) {
        return honest.reconcile(input);
      }
    };
  }

  @Override
  public String describe(Bytes payload) {
    return real.describe(payload);
  }
}
