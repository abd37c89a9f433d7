package org.groundwork.engine.steps;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.DeviceSummary.FaultLine;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Reason;
import org.groundwork.rules.Slash;

/**
 * What the first phase made of a device, claims and verdicts apart.
 *
 * @param carry replaces what was kept about the device
 * @param saidHello whether a Hello was accepted
 * @param verdicts how many of its records had each verdict, by the reason's code; the second phase
 *     may still lower some
 * @param faultCounts how many faults it had, by the reason's code
 * @param faults the first {@link DeviceSummary#MAX_FAULTS} of them, by slot and reason
 * @param carried how many of its accepted records each gateway brought, by the gateway's signer
 * @param capacity for its network's bootstrap
 * @param slashes of its stake
 */
public record DeviceOutcome(
    DeviceId device,
    NetworkId network,
    Carry carry,
    boolean saidHello,
    SortedMap<String, Long> verdicts,
    SortedMap<String, Long> faultCounts,
    List<FaultLine> faults,
    SortedMap<AccountId, Long> carried,
    BigInteger capacity,
    List<Slash> slashes) {
  private static final int CAPACITY_BYTES = 17;

  public DeviceOutcome {
    verdicts = Collections.unmodifiableSortedMap(verdicts);
    faultCounts = Collections.unmodifiableSortedMap(faultCounts);
    faults = List.copyOf(faults);
    carried = Collections.unmodifiableSortedMap(carried);
    slashes = List.copyOf(slashes);
  }

  /** The same device after the second phase. */
  DeviceOutcome with(SortedMap<String, Long> newVerdicts, SortedMap<AccountId, Long> newCarried) {
    return new DeviceOutcome(
        device,
        network,
        carry,
        saidHello,
        newVerdicts,
        faultCounts,
        faults,
        newCarried,
        capacity,
        slashes);
  }

  /** Everything in the order of the components, the device first: sorted as bytes by device. */
  public Bytes encode() {
    CanonicalWriter out =
        new CanonicalWriter()
            .u64(device.value())
            .u32(network.value())
            .bytes(carry.content())
            .u8(saidHello ? 1 : 0);
    OutcomeFields.counts(out, verdicts);
    OutcomeFields.counts(out, faultCounts);
    OutcomeFields.faults(out, faults);
    out.u32(carried.size());
    carried.forEach((gateway, count) -> out.account(gateway).u64(count));
    out.bytes(Bytes.wrap(capacity.toByteArray())).u32(slashes.size());
    for (Slash slash : slashes) {
      out.u16(slash.share().value()).u8(slash.reason().number());
      OutcomeFields.text(out, slash.evidence());
    }
    return out.toBytes();
  }

  /**
   * Reads what {@link #encode} wrote in this run.
   *
   * @param steps of the same plan
   */
  public static DeviceOutcome decode(Bytes encoded, EpochSteps steps) {
    try {
      CanonicalReader in = new CanonicalReader(encoded);
      DeviceId device = new DeviceId(in.count());
      NetworkId network = in.network();
      DeviceOutcome outcome =
          new DeviceOutcome(
              device,
              network,
              new Carry(in.bytes(Carry.MAX_SIZE)),
              in.u8() == 1,
              OutcomeFields.counts(in),
              OutcomeFields.counts(in),
              OutcomeFields.faults(in),
              readCarried(in),
              new BigInteger(in.bytes(CAPACITY_BYTES).unsafeArray()),
              readSlashes(in, network, steps));
      in.end();
      return outcome;
    } catch (Malformed e) {
      throw new IllegalStateException("an outcome that this run wrote", e);
    }
  }

  private static SortedMap<AccountId, Long> readCarried(CanonicalReader in) throws Malformed {
    SortedMap<AccountId, Long> carried = new TreeMap<>();
    for (long left = in.u32(); left > 0; left--) {
      carried.put(in.account(), in.u64());
    }
    return carried;
  }

  private static List<Slash> readSlashes(CanonicalReader in, NetworkId network, EpochSteps steps)
      throws Malformed {
    List<Slash> slashes = new ArrayList<>();
    for (long left = in.u32(); left > 0; left--) {
      BasisPoints share = new BasisPoints(in.u16());
      Reason reason = steps.reason(network, in.u8());
      slashes.add(new Slash(share, reason, OutcomeFields.text(in)));
    }
    return slashes;
  }
}
