package org.groundwork.engine.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.engine.Samples;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Carry;
import org.groundwork.rules.GroupKey;
import org.junit.jupiter.api.Test;

class CarryFileTest {
  private static final CarryKey A = CarryKey.device(Samples.NETWORK, new DeviceId(1));
  private static final CarryKey B =
      CarryKey.group(Samples.NETWORK, new GroupKey(Samples.hash("group").bytes()));
  private static final CarryKey C = CarryKey.activation(new NetworkId(2), new DeviceId(1));
  private static final CarrySnapshot SNAPSHOT =
      new CarrySnapshot(new TreeMap<>(Map.of(A, bytes("a"), B, bytes("bb"), C, bytes("ccc"))));

  @Test
  void readsBackWhatItWrote() throws IOException, Malformed {
    assertThat(read(write(SNAPSHOT))).isEqualTo(SNAPSHOT);
    assertThat(read(write(CarrySnapshot.EMPTY))).isEqualTo(CarrySnapshot.EMPTY);
  }

  @Test
  void ordersByNetworkSpaceAndKey() {
    assertThat(SNAPSHOT.entries().keySet()).containsExactly(A, B, C);
  }

  @Test
  void refusesTrailingBytesAndEveryTruncation() throws IOException {
    Bytes whole = write(SNAPSHOT);
    assertMalformed(new CanonicalWriter().raw(whole).u8(0).toBytes());
    for (int size = 0; size < whole.size(); size++) {
      assertMalformed(whole.slice(0, size));
    }
  }

  @Test
  void refusesEntriesOutOfOrderRepeatedOrEmpty() {
    assertMalformed(file(B, bytes("b"), A, bytes("a")));
    assertMalformed(file(A, bytes("a"), A, bytes("a")));
    assertMalformed(file(A, Bytes.EMPTY, B, bytes("b")));
  }

  @Test
  void refusesLengthsThatNoEntryHasBeforeReadingThem() {
    Bytes huge =
        new CanonicalWriter()
            .raw(Bytes.of((byte) 'G', (byte) 'W', (byte) 'C', (byte) '1'))
            .u64(1)
            .u32(1)
            .u8(1)
            .u16(8)
            .u32(Carry.MAX_SIZE + 1L)
            .toBytes();
    assertMalformed(huge);
  }

  @Test
  void hasARootOverAllEntries() {
    Hash root = SNAPSHOT.root();
    for (CarryKey key : SNAPSHOT.entries().keySet()) {
      TreeMap<CarryKey, Bytes> changed = new TreeMap<>(SNAPSHOT.entries());
      changed.put(key, bytes("changed"));
      assertThat(new CarrySnapshot(changed).root()).isNotEqualTo(root);
      changed.remove(key);
      assertThat(new CarrySnapshot(changed).root()).isNotEqualTo(root);
    }
  }

  @Test
  void givesEachSpaceItsNumberForEver() {
    assertThat(CarrySpace.values())
        .extracting(CarrySpace::number)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    for (CarrySpace space : CarrySpace.values()) {
      assertThat(CarrySpace.of(space.number())).isEqualTo(space);
    }
  }

  private static Bytes file(CarryKey first, Bytes a, CarryKey second, Bytes b) {
    return new CanonicalWriter()
        .raw(Bytes.of((byte) 'G', (byte) 'W', (byte) 'C', (byte) '1'))
        .u64(2)
        .raw(CarryFile.encode(first, a))
        .raw(CarryFile.encode(second, b))
        .toBytes();
  }

  private static void assertMalformed(Bytes content) {
    assertThatThrownBy(() -> read(content)).isInstanceOf(Malformed.class);
  }

  private static CarrySnapshot read(Bytes content) throws IOException, Malformed {
    return CarryFile.read(new ByteArrayInputStream(content.toArray()));
  }

  private static Bytes write(CarrySnapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CarryFile.write(snapshot, out);
    return Bytes.wrap(out.toByteArray());
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
