package org.groundwork.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.groundwork.engine.Samples;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.steps.KnownDevice;
import org.groundwork.engine.steps.PlacedClaim;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Sequence;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.Device;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.RecordRef;
import org.junit.jupiter.api.Test;

/** What moves between stages comes back whole, and in the order in which a stage needs it. */
class ItemsTest {
  private static final Random RANDOM = new Random(1);

  @Test
  void aDeviceComesBeforeItsRecordsAndTheseBySequence() {
    List<byte[]> ascending = new ArrayList<>();
    for (long device : new long[] {1, 127, 128, 255, 256, 65_535, 65_536, 1L << 40}) {
      KnownDevice known = known(device);
      ascending.add(DeviceItem.known(known));
      assertThat(DeviceItem.toKnown(ascending.getLast())).isEqualTo(known);
      for (long sequence : new long[] {0, 1, 128, 1L << 32, -1}) {
        Bytes record =
            new CanonicalWriter().u64(device).u64(sequence).hash(Samples.hash("r")).toBytes();
        ascending.add(DeviceItem.record(record));
        assertThat(DeviceItem.toRecord(ascending.getLast())).isEqualTo(record);
        assertThat(DeviceItem.device(ascending.getLast())).isEqualTo(device);
      }
    }
    assertAscending(ascending);
  }

  @Test
  void groupsComeInTheirOrderWithWhatIsKeptBeforeTheClaims() {
    List<byte[]> ascending = new ArrayList<>();
    for (int network : new int[] {1, 2, 256}) {
      for (byte[] key :
          new byte[][] {
            {0}, {0, 0}, {0, 1}, {0, -1}, {1}, {1, 0}, {1, 0, 0}, {1, 0, 7}, {2}, {-1}
          }) {
        GroupKey group = new GroupKey(Bytes.wrap(key));
        byte[] kept = GroupItem.kept(CarryKey.group(new NetworkId(network), group), Bytes.of(key));
        assertThat(GroupItem.toKept(kept).content()).isEqualTo(Bytes.of(key));
        assertThat(GroupItem.isClaim(kept)).isFalse();
        ascending.add(kept);
        for (int device = 1; device < 300; device += 100) {
          PlacedClaim claim = claim(network, group, device);
          ascending.add(GroupItem.claim(claim));
          assertThat(GroupItem.toClaim(ascending.getLast())).isEqualTo(claim);
          assertThat(GroupItem.isClaim(ascending.getLast())).isTrue();
        }
      }
    }
    assertAscending(ascending);
  }

  @Test
  void theSorterSeesTheUnsignedOrderInEachOfItsWays() throws IOException {
    SortedBytesComparator comparator = new SortedBytesComparator(true);
    for (int i = 0; i < 20_000; i++) {
      byte[] a = random();
      byte[] b = random();
      int expected = Integer.signum(Arrays.compareUnsigned(a, b));
      assertThat(Integer.signum(comparator.compare(a, b))).isEqualTo(expected);
      assertThat(Integer.signum(comparator.compareSerialized(serialized(a), serialized(b))))
          .isEqualTo(expected);
      MemorySegment keys = MemorySegmentFactory.allocateUnpooledSegment(32);
      comparator.putNormalizedKey(a, keys, 0, 16);
      comparator.putNormalizedKey(b, keys, 16, 16);
      int byKey = Integer.signum(keys.compare(keys, 0, 16, 16));
      assertThat(byKey == 0 || byKey == expected).as("prefixes").isTrue();
    }
  }

  private static void assertAscending(List<byte[]> items) {
    for (int i = 1; i < items.size(); i++) {
      assertThat(Arrays.compareUnsigned(items.get(i - 1), items.get(i)))
          .as("item %s", i)
          .isNegative();
    }
  }

  private static KnownDevice known(long id) {
    Device device =
        new Device(
            new DeviceId(id),
            Samples.NETWORK,
            Samples.account("owner"),
            Samples.deviceKey(1).publicKey(),
            7);
    return new KnownDevice(device, Bytes.of((byte) 1), new Carry(Bytes.of((byte) 2)), id % 2 == 0);
  }

  private static PlacedClaim claim(int network, GroupKey group, long device) {
    RecordRef origin = new RecordRef(new DeviceId(device), new Sequence(5), Samples.hash("report"));
    return new PlacedClaim(
        new NetworkId(network), new Claim(group, origin, Bytes.of((byte) 9)), 3, 4);
  }

  /** Short, and often alike. */
  private static byte[] random() {
    byte[] bytes = new byte[RANDOM.nextInt(20)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (RANDOM.nextInt(3) - 1);
    }
    return bytes;
  }

  private static DataInputDeserializer serialized(byte[] bytes) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(32);
    BytePrimitiveArraySerializer.INSTANCE.serialize(bytes, out);
    return new DataInputDeserializer(out.getCopyOfBuffer());
  }
}
