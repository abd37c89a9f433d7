package org.groundwork.engine.steps;

import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;

/**
 * The second phase lowers the verdict on a record that the first one accepted. They are applied in
 * the order of groups, and within a group in the order in which {@link GroupPhase} gave them: of
 * several to one record the first stands.
 *
 * @param network the device's
 */
public record Lowering(DeviceId device, NetworkId network, RecordVerdict verdict) {
  /** Device (u64), network (u32), verdict. */
  public Bytes encode() {
    CanonicalWriter out = new CanonicalWriter().u64(device.value()).u32(network.value());
    verdict.write(out);
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote in this run. */
  public static Lowering decode(Bytes encoded) {
    try {
      CanonicalReader in = new CanonicalReader(encoded);
      Lowering lowering =
          new Lowering(new DeviceId(in.count()), in.network(), RecordVerdict.read(in));
      in.end();
      return lowering;
    } catch (Malformed e) {
      throw new IllegalStateException("a lowering that this run wrote", e);
    }
  }
}
