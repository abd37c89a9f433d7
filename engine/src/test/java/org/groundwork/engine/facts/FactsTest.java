package org.groundwork.engine.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.engine.Samples;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsTest {
  private static final VerifyPool POOL = new VerifyPool(SignatureVerifiers.best(), 2);
  private static final Report GOOD = Samples.report(1, 1, "\1good");
  private static final Report BAD =
      new Report(Samples.report(1, 2, "\1bad").body(), GOOD.signature());
  private static final Report UNKNOWN = Samples.report(2, 1, "\1unknown");
  private static final Segment SEGMENT = Samples.segment(0, GOOD, BAD, UNKNOWN);
  private static final FactsMaker MAKER = new FactsMaker(FactsTest::key, POOL);
  @TempDir Path folder;

  @Test
  void sayWhatEverySignatureIsWorth() throws IOException {
    SegmentFacts facts = MAKER.establish(SEGMENT);
    assertThat(facts.count()).isEqualTo(3);
    assertThat(facts.signature(0)).isEqualTo(SignatureState.GOOD);
    assertThat(facts.signature(1)).isEqualTo(SignatureState.BAD);
    assertThat(facts.signature(2)).isEqualTo(SignatureState.KEY_UNKNOWN);
  }

  @Test
  void agreeWithTheRecordsThatTheyAreAbout() throws IOException, Malformed {
    SegmentFacts facts = MAKER.establish(SEGMENT);
    assertThat(facts.header()).isEqualTo(SEGMENT.header());
    assertThat(facts.segment()).isEqualTo(SEGMENT.hash());
    for (int i = 0; i < facts.count(); i++) {
      ReportBody body = SEGMENT.report(i).parse();
      assertThat(facts.device(i)).isEqualTo(body.device().value());
      assertThat(facts.network(i)).isEqualTo(body.network().value());
      assertThat(facts.sequenceOf(i)).isEqualTo(body.sequence());
      assertThat(facts.report(i)).isEqualTo(body.hash());
      assertThat(facts.payload(i)).isEqualTo(body.payload());
      assertThat(facts.signed(i)).isEqualTo(SEGMENT.report(i));
      assertThat(facts.isOf(i, body.deployment())).isTrue();
      assertThat(facts.isOf(i, new DeploymentId(Hash.ZERO))).isFalse();
      assertThat(facts.claimsKey(i, body.keyHash())).isTrue();
      assertThat(facts.claimsKey(i, Hash.ZERO)).isFalse();
    }
  }

  @Test
  void findTheFirstRecordOfADevice() throws IOException {
    SegmentFacts facts = MAKER.establish(SEGMENT);
    assertThat(facts.firstOf(0)).isZero();
    assertThat(facts.firstOf(1)).isZero();
    assertThat(facts.firstOf(2)).isEqualTo(2);
    assertThat(facts.firstOf(3)).isEqualTo(3);
  }

  @Test
  void areKeptAndMadeAnewWhenDamaged() throws IOException {
    SegmentStore segments = new SegmentStore(folder.resolve("segments"));
    segments.put(SEGMENT);
    FactsStore store = new FactsStore(folder.resolve("facts"), segments, MAKER);
    assertThat(store.facts(SEGMENT.hash()).signature(1)).isEqualTo(SignatureState.BAD);
    Path file;
    try (var files = Files.walk(folder.resolve("facts"))) {
      file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] content = Files.readAllBytes(file);
    for (int at = 0; at < content.length; at += 17) {
      byte[] damaged = content.clone();
      damaged[at] ^= 4;
      Files.delete(file);
      Files.write(file, damaged);
      assertThat(store.facts(SEGMENT.hash()).signature(1)).isEqualTo(SignatureState.BAD);
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }
  }

  @Test
  void refuseEveryTruncation() throws IOException {
    Bytes whole = MAKER.encode(SEGMENT);
    for (int size = 0; size < whole.size(); size++) {
      MemorySegment part = MemorySegment.ofArray(whole.slice(0, size).toArray());
      assertThatThrownBy(() -> FactsFile.decode(part)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void cannotBeHadOfSegmentsThatAreNotHere() throws IOException {
    SegmentStore segments = new SegmentStore(folder.resolve("segments"));
    FactsStore store = new FactsStore(folder.resolve("facts"), segments, MAKER);
    assertThatThrownBy(() -> store.facts(Hash.ZERO)).isInstanceOf(IOException.class);
  }

  private static Optional<PublicKey> key(Hash hash) {
    PublicKey known = Samples.deviceKey(1).publicKey();
    return known.hash().equals(hash) ? Optional.of(known) : Optional.empty();
  }
}
