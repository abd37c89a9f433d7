package org.groundwork.engine.steps;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
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
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Reason;
import org.groundwork.rules.Slash;
import org.groundwork.rules.Verdict;

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
  private static final int MAX_TEXT_BYTES = 4 * Verdict.Rejected.MAX_EVIDENCE;

  public DeviceOutcome {
    verdicts = Collections.unmodifiableSortedMap(verdicts);
    faultCounts = Collections.unmodifiableSortedMap(faultCounts);
    faults = List.copyOf(faults);
    carried = Collections.unmodifiableSortedMap(carried);
    slashes = List.copyOf(slashes);
  }

  /** Everything in the order of the components, the device first: sorted as bytes by device. */
  public Bytes encode() {
    CanonicalWriter out =
        new CanonicalWriter()
            .u64(device.value())
            .u32(network.value())
            .bytes(carry.content())
            .u8(saidHello ? 1 : 0);
    write(out, verdicts);
    write(out, faultCounts);
    out.u32(faults.size());
    for (FaultLine fault : faults) {
      out.u64(fault.slot().value());
      text(out, fault.reason());
      text(out, fault.evidence());
    }
    out.u32(carried.size());
    carried.forEach((gateway, count) -> out.account(gateway).u64(count));
    out.bytes(Bytes.wrap(capacity.toByteArray())).u32(slashes.size());
    for (Slash slash : slashes) {
      out.u16(slash.share().value()).u8(slash.reason().number());
      text(out, slash.evidence());
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
              readCounts(in),
              readCounts(in),
              readFaults(in),
              readCarried(in),
              new BigInteger(in.bytes(MAX_TEXT_BYTES).unsafeArray()),
              readSlashes(in, network, steps));
      in.end();
      return outcome;
    } catch (Malformed e) {
      throw new IllegalStateException("an outcome that this run wrote", e);
    }
  }

  private static void write(CanonicalWriter out, SortedMap<String, Long> counts) {
    out.u32(counts.size());
    counts.forEach((code, count) -> {
      text(out, code);
      out.u64(count);
    });
  }

  private static SortedMap<String, Long> readCounts(CanonicalReader in) throws Malformed {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (long left = in.u32(); left > 0; left--) {
      counts.put(readText(in), in.u64());
    }
    return counts;
  }

  private static List<FaultLine> readFaults(CanonicalReader in) throws Malformed {
    List<FaultLine> faults = new ArrayList<>();
    for (long left = in.u32(); left > 0; left--) {
      faults.add(new FaultLine(new SlotNumber(in.count()), readText(in), readText(in)));
    }
    return faults;
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
      slashes.add(new Slash(share, reason, readText(in)));
    }
    return slashes;
  }

  private static void text(CanonicalWriter out, String text) {
    out.bytes(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String readText(CanonicalReader in) throws Malformed {
    return new String(in.bytes(MAX_TEXT_BYTES).unsafeArray(), StandardCharsets.UTF_8);
  }
}
