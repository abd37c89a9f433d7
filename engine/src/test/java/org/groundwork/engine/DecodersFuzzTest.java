package org.groundwork.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.groundwork.engine.Scene.Cut;
import org.groundwork.engine.carry.CarryStore;
import org.groundwork.engine.files.Manifest;
import org.groundwork.engine.files.ResultFiles;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentReader;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;

/** What a decoder accepts, it encodes to the same bytes; it throws nothing but Malformed. */
class DecodersFuzzTest {
  private interface Codec {
    Bytes recode(Bytes encoded) throws Malformed;
  }

  private static final Map<String, Codec> CODECS =
      Map.of(
          "segment", in -> SegmentReader.parse(in).canonical(),
          "compressed segment", DecodersFuzzTest::recodeCompressed,
          "index", in -> SegmentIndex.decode(in).encode(),
          "verdicts", in -> SegmentVerdicts.decode(in).encode(),
          "carry", in -> CarryStore.encode(CarryStore.decode(in)),
          "manifest", in -> Manifest.decode(in).encode());

  private static final Map<String, Bytes> SAMPLES = samples();

  private static Map<String, Bytes> samples() {
    Scene scene = RandomScene.of(new Random(4));
    Scene.Files files = scene.files(new Cut(0, 1));
    EpochResult result = scene.run();
    Segment segment = files.segments().values().iterator().next();
    Map<String, Bytes> samples = new LinkedHashMap<>();
    samples.put("segment", segment.canonical());
    samples.put("compressed segment", segment.compress());
    samples.put("index", files.indexes().values().iterator().next().encode());
    samples.put("verdicts", result.segments().getFirst().encode());
    samples.put("carry", CarryStore.encode(result.carry()));
    samples.put(
        "manifest",
        Objects.requireNonNull(
            ResultFiles.encode(result.published(), List.of()).get(ResultFiles.MANIFEST)));
    return samples;
  }

  @Test
  void readWhatWasWritten() throws Malformed {
    for (Map.Entry<String, Bytes> sample : SAMPLES.entrySet()) {
      assertThat(codec(sample.getKey()).recode(sample.getValue()))
          .as(sample.getKey())
          .isEqualTo(sample.getValue());
    }
  }

  @Test
  void acceptNoSecondEncodingOfAnything() {
    Random random = new Random(0xDEC0DE);
    SAMPLES.forEach((name, whole) -> {
      for (int i = 0; i < 1500; i++) {
        checkSame(name, mutate(random, whole));
      }
    });
  }

  @FuzzTest(maxDuration = "60s")
  void takeAnything(byte[] data) {
    CODECS.keySet().forEach(name -> checkSame(name, data));
  }

  private static void checkSame(String name, byte[] data) {
    Bytes encoded = Bytes.wrap(data);
    Bytes again;
    try {
      again = codec(name).recode(encoded);
    } catch (Malformed e) {
      return;
    }
    assertThat(again).as(name).isEqualTo(encoded);
  }

  /** Flips, cuts, repeats and stretches. */
  private static byte[] mutate(Random random, Bytes whole) {
    byte[] data = whole.toArray();
    int at = random.nextInt(data.length);
    switch (random.nextInt(5)) {
      case 0 -> data[at] = (byte) random.nextInt();
      case 1 -> data[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> data = whole.slice(0, at).toArray();
      case 3 -> {
        Bytes rest = whole.slice(at, whole.size());
        data = new CanonicalWriter().raw(whole).raw(rest).toBytes().toArray();
      }
      default -> {
        int early = random.nextInt(Math.min(data.length, 128));
        data[early] = (byte) (random.nextBoolean() ? 0xFF : 0);
      }
    }
    return data;
  }

  /** Compression has many encodings of the same bytes; what counts is what comes out. */
  private static Bytes recodeCompressed(Bytes encoded) throws Malformed {
    Segment known = SegmentReader.parse(Objects.requireNonNull(SAMPLES.get("segment")));
    Segment read = SegmentReader.read(known.hash(), encoded);
    assertThat(read.canonical()).isEqualTo(known.canonical());
    return encoded;
  }

  private static Codec codec(String name) {
    return Objects.requireNonNull(CODECS.get(name));
  }
}
