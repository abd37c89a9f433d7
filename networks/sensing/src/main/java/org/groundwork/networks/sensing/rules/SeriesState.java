package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.Varint;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.kit.FixedWhile;
import org.groundwork.rules.kit.JumpCheck;
import org.groundwork.rules.kit.StuckCheck;

/**
 * Where a device's series stood when an epoch ended.
 *
 * @param lastTime of its last reading, -1 for none
 * @param stuck by field
 * @param jumps by field
 * @param fixed by check
 */
public record SeriesState(
    long lastTime,
    List<StuckCheck.State> stuck,
    List<JumpCheck.State> jumps,
    List<FixedWhile.State> fixed) {
  public SeriesState {
    stuck = List.copyOf(stuck);
    jumps = List.copyOf(jumps);
    fixed = List.copyOf(fixed);
  }

  /** Of a device that has not read yet. */
  public static SeriesState none(SensingDefinition definition) {
    int fields = definition.fields().size();
    return new SeriesState(
        -1,
        Collections.nCopies(fields, StuckCheck.State.NONE),
        Collections.nCopies(fields, JumpCheck.State.NONE),
        Collections.nCopies(definition.checks().size(), FixedWhile.State.NONE));
  }

  void write(CanonicalWriter out) {
    Varint.write(out, lastTime);
    for (StuckCheck.State each : stuck) {
      write(out, each.value(), each.run());
    }
    for (JumpCheck.State each : jumps) {
      write(out, each.time(), each.good(), each.pending(), each.level());
    }
    for (FixedWhile.State each : fixed) {
      write(out, each.value(), each.other(), each.run(), each.moved());
    }
  }

  static SeriesState read(CanonicalReader in, SensingDefinition definition) throws Malformed {
    long lastTime = Varint.read(in);
    List<StuckCheck.State> stuck = new ArrayList<>();
    List<JumpCheck.State> jumps = new ArrayList<>();
    List<FixedWhile.State> fixed = new ArrayList<>();
    for (int i = 0; i < definition.fields().size(); i++) {
      stuck.add(new StuckCheck.State(Varint.read(in), Varint.read(in)));
    }
    for (int i = 0; i < definition.fields().size(); i++) {
      jumps.add(
          new JumpCheck.State(
              Varint.read(in), Varint.read(in), (int) Varint.read(in), Varint.read(in)));
    }
    for (int i = 0; i < definition.checks().size(); i++) {
      fixed.add(
          new FixedWhile.State(Varint.read(in), Varint.read(in), Varint.read(in), Varint.read(in)));
    }
    return new SeriesState(lastTime, stuck, jumps, fixed);
  }

  private static void write(CanonicalWriter out, long... numbers) {
    for (long number : numbers) {
      Varint.write(out, number);
    }
  }
}
