package org.groundwork.node.explorer.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;

/** Files that others published, and rows that a disk may have spoiled, are read or refused. */
class EpochFilesFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] data) {
    Bytes file = Bytes.of(data);
    read(() -> new DeviceLines(file).all());
    read(() -> new ChargeLines(file).all());
    read(() -> new EconomyLines(file).all());
    read(() -> LeafRows.leaves(file));
    read(() -> DeviceBlock.decode(data, 1));
    read(() -> DeviceBlock.decode(data, 5, device -> device == 5));
  }

  private interface Reading {
    Object run() throws Malformed;
  }

  private static void read(Reading reading) {
    try {
      assertThat(reading.run()).isNotNull();
    } catch (Malformed e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Test
  void blocksAreReadAsTheyWereWritten() throws Exception {
    Tally now =
        new Tally(
            3,
            1,
            0,
            BigInteger.TEN.pow(30),
            BigInteger.valueOf(255),
            BigInteger.ONE,
            BigInteger.ZERO,
            BigInteger.TWO);
    List<DeviceEntry> entries =
        List.of(
            new DeviceEntry(
                128, 5, true, now, now.plus(now), List.of(new DeviceEntry.Reason(0, false, 3))),
            new DeviceEntry(129, -1, false, Tally.NONE, Tally.NONE, List.of()),
            new DeviceEntry(255, 2, false, Tally.NONE, now, List.of()));
    byte[] block = DeviceBlock.encode(entries);
    assertThat(DeviceBlock.decode(block, 200)).isEqualTo(entries);
    assertThat(DeviceBlock.decode(block, 255, device -> device == 255))
        .containsExactly(entries.getLast());
    assertThat(DeviceBlock.decode(block, 130, device -> device == 130)).isEmpty();
    assertThat(DeviceBlock.firstDevice(DeviceBlock.id(7, 200))).isEqualTo(128);
  }
}
