package org.groundwork.node.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.engine.segment.SegmentWriter;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.testing.SimChain;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.IndexCertificate;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceptionTest {
  private static final EpochSchedule SCHEDULE = new EpochSchedule(1_000_000, 10, 4, 2);
  private static final EpochNumber EPOCH = new EpochNumber(1);
  private static final AccountId GATEWAY = Reporter.account("gateway").account();
  private static final AccountKey KEY = Reporter.account("verifier");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(SCHEDULE.opening(EPOCH) + 12);
  private final SimChain chain = new SimChain(SCHEDULE, clock);
  private final Reporter reporter = new Reporter(1);
  private final List<Hash> told = new ArrayList<>();
  private long share = 1 << 20;

  @Test
  void signsTheSlotOfTheFirstArrivalEverAfter() throws Exception {
    Segment segment = segment(EPOCH, GATEWAY, 1);
    SlotSignature first = receive(segment);
    assertThat(first.slot().value()).isEqualTo(5);
    assertThat(first.isGenuine(Reporter.DOMAIN, EPOCH, GATEWAY, segment.hash())).isTrue();
    clock.set(clock.instant().getEpochSecond() + 15);
    assertThat(receive(segment)).isEqualTo(first);
    clock.set(SCHEDULE.close(EPOCH) + 5);
    assertThat(receive(segment)).isEqualTo(first);
    assertThat(receive(segment(EPOCH, GATEWAY, 2)).slot().value()).isEqualTo(8);
    assertThat(told).containsOnlyOnce(segment.hash());
  }

  @Test
  void refusesEachWrongSegment() throws Exception {
    Segment good = segment(EPOCH, GATEWAY, 1);
    assertRefused(ApiError.MALFORMED, () -> receive(GATEWAY, Hash.ZERO, good.compress()));
    assertRefused(
        ApiError.MALFORMED, () -> receive(GATEWAY, good.hash(), Bytes.wrap(new byte[100])));
    AccountId stranger = Reporter.account("stranger").account();
    assertRefused(ApiError.FORBIDDEN, () -> receive(stranger, good.hash(), good.compress()));
    assertRefused(ApiError.FORBIDDEN, () -> receive(segment(EPOCH, stranger, 1)));
    assertRefused(ApiError.NOT_YET, () -> receive(segment(EPOCH.next(), GATEWAY, 1)));
    assertRefused(ApiError.TOO_LATE, () -> receive(segment(EpochNumber.FIRST, GATEWAY, 1)), 60);
  }

  private void assertRefused(ApiError error, ThrowingCallable call, long later) {
    clock.set(clock.instant().getEpochSecond() + later);
    assertRefused(error, call);
  }

  @Test
  void takesNoMoreOfAGatewayThanItsShare() throws Exception {
    Segment first = segment(EPOCH, GATEWAY, 1);
    share = first.canonical().size() + 10L;
    receive(first);
    assertRefused(ApiError.BUSY, () -> receive(segment(EPOCH, GATEWAY, 2)));
    receive(first);
  }

  @Tag("A40")
  @Test
  void certifiesAnIndexOnlyWhenAllItsSegmentsAreHere() throws Exception {
    Segment here = segment(EPOCH, GATEWAY, 1);
    Segment missing = segment(EPOCH, GATEWAY, 2);
    receive(here);
    assertRefused(ApiError.MISSING_SEGMENTS, () -> certify(GATEWAY, index(here, missing)));
    receive(missing);
    IndexCertificate certificate = certify(GATEWAY, index(here, missing));
    assertThat(certificate.isGenuine(Reporter.DOMAIN)).isTrue();
    assertThat(certificate.index()).isEqualTo(index(here, missing).hash());
    try (Opened opened = open()) {
      assertThat(opened.reception().certificates(EPOCH)).containsExactly(certificate);
    }
  }

  @Test
  void refusesEachWrongIndex() throws Exception {
    Segment segment = segment(EPOCH, GATEWAY, 1);
    receive(segment);
    SegmentIndex index = index(segment);
    AccountId stranger = Reporter.account("stranger").account();
    assertRefused(ApiError.FORBIDDEN, () -> certify(stranger, index));
    try (Opened opened = open()) {
      assertRefused(
          ApiError.MALFORMED, () -> opened.reception().certify(GATEWAY, Bytes.wrap(new byte[9])));
    }
    clock.set(SCHEDULE.commitDeadline(EPOCH));
    assertRefused(ApiError.TOO_LATE, () -> certify(GATEWAY, index));
  }

  private static void assertRefused(ApiError error, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }

  /** A reception that is opened anew for each call, as after a crash. */
  private record Opened(Reception reception, ArrivalLogs logs) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      logs.close();
    }
  }

  private Opened open() throws IOException {
    chain.addGateway(GATEWAY, "");
    ArrivalLogs logs = new ArrivalLogs(folder.resolve("arrivals"));
    Reception reception =
        new Reception(
            KEY,
            chain,
            clock,
            new SegmentStore(folder.resolve("segments")),
            new IndexStore(folder.resolve("indexes")),
            logs,
            share,
            segment -> told.add(segment.hash()));
    return new Opened(reception, logs);
  }

  private SlotSignature receive(Segment segment) throws IOException, ApiException {
    return receive(segment.header().gateway(), segment.hash(), segment.compress());
  }

  private SlotSignature receive(AccountId gateway, Hash hash, Bytes compressed)
      throws IOException, ApiException {
    try (Opened opened = open()) {
      return opened.reception().receive(gateway, hash, compressed);
    }
  }

  private IndexCertificate certify(AccountId gateway, SegmentIndex index)
      throws IOException, ApiException {
    try (Opened opened = open()) {
      return opened.reception().certify(gateway, index.encode());
    }
  }

  private Segment segment(EpochNumber epoch, AccountId gateway, long number) throws Exception {
    SegmentWriter writer =
        new SegmentWriter(new SegmentHeader(Reporter.DOMAIN.deployment(), gateway, epoch, number));
    assertThat(writer.add(reporter.report(epoch))).isTrue();
    return writer.seal();
  }

  private static SegmentIndex index(Segment... segments) {
    List<IndexEntry> entries = new ArrayList<>();
    for (Segment segment : segments) {
      entries.add(
          new IndexEntry(segment.hash(), segment.canonical().size(), segment.count(), List.of()));
    }
    entries.sort(java.util.Comparator.comparing(IndexEntry::segment));
    return new SegmentIndex(Reporter.DOMAIN.deployment(), EPOCH, GATEWAY, entries);
  }
}
