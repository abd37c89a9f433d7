package org.groundwork.testkit.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Device;
import org.groundwork.rules.RecordRef;

/** Samples as devices would send them that try everything: the same at the same seed. */
final class Hostile {
  private static final int MAX_COPIES = 100;
  private static final long[] EDGES = {
    0, 1, 255, 1L << 31, (1L << 32) - 1, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1
  };

  private final Random random;
  private final List<Bytes> good;

  Hostile(Random random, List<Sample> samples) {
    this.random = random;
    this.good =
        samples.stream()
            .flatMap(sample -> sample.epochs().stream())
            .flatMap(epoch -> epoch.records().stream())
            .map(Admitted::payload)
            .toList();
  }

  /** The sample with other payloads, other arrivals, and now and then many copies of one. */
  Sample of(Sample sample) {
    return new Sample(
        sample.version(),
        sample.name(),
        sample.parameters(),
        sample.epochs().stream().map(this::of).toList());
  }

  private Sample.Epoch of(Sample.Epoch epoch) {
    List<Admitted> records = new ArrayList<>();
    for (Device device : epoch.devices()) {
      List<Bytes> payloads =
          new ArrayList<>(
              epoch.records().stream()
                  .filter(record -> record.ref().device().equals(device.id()))
                  .map(record -> random.nextInt(3) == 0 ? payload() : record.payload())
                  .toList());
      Bytes copied = payload();
      Stream.generate(() -> copied)
          .limit(random.nextInt(4) == 0 ? random.nextInt(MAX_COPIES) : 1)
          .forEach(payloads::add);
      for (int i = 0; i < payloads.size(); i++) {
        records.add(record(epoch, device, i, payloads.get(i)));
      }
    }
    return new Sample.Epoch(epoch.facts(), epoch.devices(), records);
  }

  private Admitted record(Sample.Epoch epoch, Device device, int counter, Bytes payload) {
    Sequence sequence = Sequence.of(epoch.facts().epoch(), counter);
    RecordRef ref = new RecordRef(device.id(), sequence, Sha256.hash(payload.toArray()));
    SlotNumber first = epoch.facts().schedule().firstSlot(epoch.facts().epoch());
    int late = random.nextInt((int) epoch.facts().schedule().slotsPerEpoch() + 5);
    return new Admitted(ref, first.plus(late), payload);
  }

  /** A payload of 1 to {@link ReportBody#MAX_PAYLOAD} bytes. */
  Bytes payload() {
    byte[] from = good.isEmpty() ? new byte[1] : good.get(random.nextInt(good.size())).toArray();
    byte[] bytes = changed(from);
    if (bytes.length == 0) {
      bytes = new byte[] {(byte) random.nextInt()};
    }
    return Bytes.wrap(Arrays.copyOf(bytes, Math.min(bytes.length, ReportBody.MAX_PAYLOAD)));
  }

  private byte[] changed(byte[] from) {
    int at = random.nextInt(from.length);
    byte[] bytes = from.clone();
    switch (random.nextInt(8)) {
      case 0 -> bytes = Arrays.copyOf(from, at);
      case 1 -> bytes = Arrays.copyOf(from, from.length + 1 + random.nextInt(40));
      case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 3 -> bytes[at] = (byte) random.nextInt();
      case 4 -> bytes[0] = (byte) random.nextInt(8);
      case 5 -> {
        long edge = EDGES[random.nextInt(EDGES.length)];
        for (int i = 0; i < Long.BYTES && at + i < bytes.length; i++) {
          bytes[at + i] = (byte) (edge >>> (56 - 8 * i));
        }
      }
      case 6 -> bytes = new byte[random.nextInt(10) == 0 ? ReportBody.MAX_PAYLOAD : at];
      default -> {
        bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        bytes[0] = from[0];
      }
    }
    return bytes;
  }
}
