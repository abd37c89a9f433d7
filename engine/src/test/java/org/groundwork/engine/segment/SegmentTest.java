package org.groundwork.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.groundwork.engine.Samples;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.junit.jupiter.api.Test;

class SegmentTest {
  private static final Report A = Samples.report(1, 1, "\1a");
  private static final Report B = Samples.report(1, 2, "\1b");
  private static final Report C = Samples.report(2, 0, "\1c");

  @Test
  void sealsTheSameSegmentWhateverTheOrderOfArrival() {
    List<Report> reports = new ArrayList<>(List.of(A, B, C));
    Hash expected = Samples.segment(0, A, B, C).hash();
    for (int seed = 0; seed < 6; seed++) {
      Collections.shuffle(reports, new Random(seed));
      assertThat(Samples.segment(0, reports.toArray(Report[]::new)).hash()).isEqualTo(expected);
    }
  }

  @Test
  void readsBackWhatItSealed() throws Malformed {
    Segment sealed = Samples.segment(3, C, B, A);
    Segment read = SegmentReader.read(sealed.hash(), sealed.compress());
    assertThat(read.header()).isEqualTo(Samples.header(3));
    assertThat(read.count()).isEqualTo(3);
    assertThat(read.canonical()).isEqualTo(sealed.canonical());
    assertThat(List.of(read.report(0), read.report(1), read.report(2))).containsExactly(A, B, C);
  }

  @Test
  void keepsTheFirstOfTwoReportsWithOneBody() throws Malformed {
    SegmentWriter writer = new SegmentWriter(Samples.header(0));
    assertThat(writer.add(A)).isTrue();
    assertThat(writer.add(new Report(A.body(), B.signature()))).isFalse();
    assertThat(writer.seal().report(0)).isEqualTo(A);
  }

  @Test
  void refusesRecordsOutOfOrder() {
    assertMalformed(raw(B, A), "out of order");
  }

  @Test
  void refusesRepeatedRecords() {
    assertMalformed(raw(A, A), "out of order or repeated");
  }

  @Test
  void refusesBodiesThatAreNotCanonical() {
    assertMalformed(raw(new Report(Bytes.of((byte) 9), A.signature())), "version 9");
  }

  @Test
  void refusesEmptySegments() {
    assertMalformed(raw(), "0 records");
    assertThatThrownBy(() -> new SegmentWriter(Samples.header(0)).seal())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesTrailingBytesAndEveryTruncation() {
    Bytes whole = raw(A, B);
    assertMalformed(new CanonicalWriter().raw(whole).u8(0).toBytes(), "too many");
    for (int size = 0; size < whole.size(); size++) {
      Bytes part = whole.slice(0, size);
      assertThatThrownBy(() -> SegmentReader.parse(part)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void refusesEveryTruncationOfTheCompressedBytes() {
    Segment segment = Samples.segment(0, A, B, C);
    Bytes whole = segment.compress();
    for (int size = 0; size < whole.size(); size++) {
      Bytes part = whole.slice(0, size);
      assertThatThrownBy(() -> SegmentReader.read(segment.hash(), part))
          .isInstanceOf(Malformed.class);
    }
  }

  @Test
  void refusesBytesAfterTheLastFrame() {
    Segment segment = Samples.segment(0, A);
    Bytes twice = new CanonicalWriter().raw(segment.compress()).raw(segment.compress()).toBytes();
    assertThatThrownBy(() -> SegmentReader.read(segment.hash(), twice))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("after the last frame");
  }

  @Test
  void refusesAnotherAddress() {
    assertThatThrownBy(() -> SegmentReader.read(Hash.ZERO, Samples.segment(0, A).compress()))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("instead of");
  }

  @Test
  void refusesDecompressionBombsBeforeUnpackingThem() {
    Bytes bomb = Bytes.wrap(Zstd.compress(new byte[2 << 20]));
    assertThatThrownBy(() -> Frames.decompress(bomb, Segment.MAX_SIZE))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("a frame of 2097152 bytes");
    CanonicalWriter frames = new CanonicalWriter();
    Bytes frame = Bytes.wrap(Zstd.compress(new byte[1 << 20]));
    for (int i = 0; i < 65; i++) {
      frames.raw(frame);
    }
    assertThatThrownBy(() -> Frames.decompress(frames.toBytes(), Segment.MAX_SIZE))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("more than 67108864 bytes");
  }

  @Test
  void refusesFramesThatHideTheirSizeAndSkippableOnes() {
    Bytes empty = Bytes.wrap(Zstd.compress(new byte[0]));
    assertThatThrownBy(() -> Frames.decompress(empty, 100)).isInstanceOf(Malformed.class);
    Bytes skippable = Bytes.fromHex("502a4d18" + "04000000" + "00000000");
    assertThatThrownBy(() -> Frames.decompress(skippable, 100))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("no zstd frame");
  }

  @Test
  void unpacksManyFrames() throws Malformed {
    byte[] content = new byte[(5 << 20) / 2];
    new Random(1).nextBytes(content);
    Bytes raw = Bytes.wrap(content);
    assertThat(Frames.decompress(Frames.compress(raw), Segment.MAX_SIZE)).isEqualTo(raw);
  }

  private static void assertMalformed(Bytes canonical, String message) {
    assertThatThrownBy(() -> SegmentReader.parse(canonical))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(message);
  }

  /** Canonical bytes with these records as they come. */
  private static Bytes raw(Report... records) {
    CanonicalWriter out = new CanonicalWriter();
    Samples.header(0).write(out);
    out.u32(records.length);
    for (Report record : records) {
      out.raw(record.encode());
    }
    return out.toBytes();
  }
}
