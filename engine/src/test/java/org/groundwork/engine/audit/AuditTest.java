package org.groundwork.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Networks;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.engine.Scene.Cut;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.rules.CommonReason;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final VerifyPool POOL = new VerifyPool(SignatureVerifiers.best(), 1);
  private final Scene first = Scene.withDevices(1);
  private final Scene scene;
  private final EpochResult accepted;
  private final Scene.Files files;
  private PublishedResult published;
  private Optional<CarrySnapshot> carry;
  private Map<Hash, Segment> segments;
  private Map<Hash, SegmentIndex> indexes = Map.of();

  AuditTest() {
    var reservation = first.reserve("payer", 1, 1000, 500);
    first.agree("payer", first.deal("payer", 1, reservation, 10, 1000)).readings(1, 0, 1);
    EpochResult before = first.run();
    scene = first.after(before).readings(1, 0, 2);
    accepted = scene.run();
    published = accepted.published();
    files = scene.files(new Cut(0, 1));
    carry = Optional.of(before.carry());
    segments = files.segments();
  }

  @Test
  void findsNothingInAnHonestResult() throws IOException, UnknownRules {
    AuditReport report = audit(accepted.statement());
    assertThat(report.isEqual()).isTrue();
    assertThat(report.recomputed()).isEqualTo(accepted);
  }

  @Test
  void namesTheMoneyLeafThatWasForged() throws IOException, UnknownRules {
    List<MoneyLeaf> leaves = new ArrayList<>(accepted.leaves());
    MoneyLeaf first = leaves.getFirst();
    leaves.set(
        0, new MoneyLeaf(first.kind(), first.network(), first.subject(), BigInteger.valueOf(999)));
    published = with(leaves, accepted.devices(), accepted.segments());
    EpochStatement s = accepted.statement();
    EpochStatement forged =
        new EpochStatement(
            s.deployment(),
            s.epoch(),
            s.attempt(),
            s.closeBlock(),
            s.parent(),
            s.inputs(),
            s.rules(),
            s.carryRoot(),
            EpochResult.moneyRoot(leaves),
            s.totals());
    AuditReport report = audit(forged);
    assertThat(report.differences())
        .extracting(AuditReport.Difference::where)
        .containsExactly(
            "money root", "money leaf PAYMENT of network 1 for " + Scene.owner(1).toSubject());
    assertThat(report.differences().get(1).found()).isEqualTo("999");
  }

  @Test
  void namesTheRecordWhoseVerdictWasForged() throws IOException, UnknownRules {
    SegmentVerdicts real = accepted.segments().getFirst();
    SegmentVerdicts forged =
        new SegmentVerdicts(
            real.segment(),
            real.gateway(),
            real.slot(),
            Bytes.of((byte) CommonReason.WRONG_EPOCH.number()),
            List.of());
    List<SegmentVerdicts> segments = new ArrayList<>(accepted.segments());
    segments.set(0, forged);
    published = with(accepted.leaves(), accepted.devices(), segments);
    assertThat(audit(accepted.statement()).differences())
        .extracting(AuditReport.Difference::toString)
        .containsExactly(
            "segment "
                + real.segment()
                + " record 0, report 1:8/1: computed accepted, found "
                + CommonReason.WRONG_EPOCH.code());
  }

  @Test
  void namesTheDeviceWhoseSummaryIsMissing() throws IOException, UnknownRules {
    published = with(accepted.leaves(), List.of(), accepted.segments());
    assertThat(audit(accepted.statement()).differences())
        .singleElement()
        .satisfies(d -> assertThat(d.where()).isEqualTo("device 1"))
        .satisfies(d -> assertThat(d.found()).isEqualTo("nothing"));
  }

  @Test
  void doesNotTrustTheCarryThatItIsGiven() {
    carry = Optional.of(CarrySnapshot.EMPTY);
    assertThatThrownBy(() -> audit(accepted.statement()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is really");
    carry = Optional.empty();
    assertThatThrownBy(() -> audit(accepted.statement()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Nobody has carry");
  }

  @Test
  void doesNotTrustTheSegmentsThatItIsGiven() {
    Segment other = Samples.segment(9, Samples.report(1, 1, "\1x"));
    Map<Hash, Segment> swapped = new TreeMap<>();
    segments.keySet().forEach(hash -> swapped.put(hash, other));
    segments = swapped;
    assertThatThrownBy(() -> audit(accepted.statement()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is really");
  }

  @Test
  void recomputesFromAnEarlierSnapshot() throws IOException {
    AuditReport report = fromTheBeginning(first.run().statement());
    assertThat(report.isEqual()).isTrue();
    assertThat(report.recomputed()).isEqualTo(accepted);
  }

  @Test
  void stopsAtTheFirstResultThatDiffers() throws IOException {
    EpochStatement s = first.run().statement();
    EpochStatement forged = carrying(s, Hash.ZERO);
    AuditReport report = fromTheBeginning(forged);
    assertThat(report.recomputed().statement().epoch()).isEqualTo(s.epoch());
    assertThat(report.differences().getFirst().toString())
        .isEqualTo("carry root: computed " + s.carryRoot() + ", found " + Hash.ZERO);
  }

  @Tag("A40")
  @Test
  void saysWhichFileNobodyHasAndWhichIsWrong() {
    Hash wanted = segments.keySet().iterator().next();
    segments = Map.of();
    assertThatThrownBy(() -> audit(accepted.statement()))
        .isInstanceOfSatisfying(
            AuditFailure.class, e -> assertThat(e.kind()).isEqualTo(AuditFailure.Kind.FILE_MISSING))
        .hasMessageContaining("Nobody has segment " + wanted);
    segments = Map.of(wanted, Samples.segment(9, Samples.report(1, 1, "\1x")));
    assertThatThrownBy(() -> audit(accepted.statement()))
        .isInstanceOfSatisfying(
            AuditFailure.class, e -> assertThat(e.kind()).isEqualTo(AuditFailure.Kind.WRONG_FILE));
  }

  @Test
  void saysThatRulesAreUnknown() {
    Audit ignorant =
        new Audit(
            new Networks(List.of()),
            new LocalRunner(new Networks(List.of()), SignatureVerifiers.best(), 1),
            POOL);
    assertThatThrownBy(() ->
            ignorant.audit(
                ResultPlan.of(files.plan()),
                first.run().statement().carryRoot(),
                accepted.statement(),
                new Published()))
        .isInstanceOfSatisfying(
            AuditFailure.class,
            e -> assertThat(e.kind()).isEqualTo(AuditFailure.Kind.UNKNOWN_RULES));
  }

  private AuditReport fromTheBeginning(EpochStatement firstStatement) throws IOException {
    Scene.Files before = first.files(new Cut(0, 1));
    Map<Hash, Segment> both = new TreeMap<>(before.segments());
    both.putAll(files.segments());
    segments = both;
    indexes = before.indexes();
    return new Audit(Scene.NETWORKS, Scene.runner(1), POOL)
        .audit(
            List.of(
                new AuditStep(ResultPlan.of(before.plan()), firstStatement),
                new AuditStep(ResultPlan.of(files.plan()), accepted.statement())),
            CarrySnapshot.EMPTY,
            new Published(),
            true);
  }

  private static EpochStatement carrying(EpochStatement s, Hash carryRoot) {
    return new EpochStatement(
        s.deployment(),
        s.epoch(),
        s.attempt(),
        s.closeBlock(),
        s.parent(),
        s.inputs(),
        s.rules(),
        carryRoot,
        s.moneyRoot(),
        s.totals());
  }

  private AuditReport audit(EpochStatement statement) throws IOException, UnknownRules {
    EpochPlan plan = files.plan();
    Hash carryRoot = first.run().statement().carryRoot();
    return new Audit(Scene.NETWORKS, Scene.runner(1), POOL)
        .audit(ResultPlan.of(plan), carryRoot, statement, new Published());
  }

  private PublishedResult with(
      List<MoneyLeaf> leaves, List<DeviceSummary> devices, List<SegmentVerdicts> verdicts) {
    return new PublishedResult(
        accepted.first(),
        accepted.statement(),
        leaves,
        verdicts,
        accepted.skipped(),
        devices,
        accepted.charges(),
        accepted.economy(),
        accepted.dust());
  }

  private final class Published implements PublicFiles {
    @Override
    public Optional<SegmentIndex> index(Hash hash) {
      return files.index(hash).or(() -> Optional.ofNullable(indexes.get(hash)));
    }

    @Override
    public Optional<Segment> segment(Hash hash) {
      return Optional.ofNullable(segments.get(hash));
    }

    @Override
    public Optional<CarrySnapshot> carry(Hash root) {
      return carry;
    }

    @Override
    public Optional<PublishedResult> result(EpochNumber epoch, Hash resultHash) {
      return Optional.of(published);
    }
  }
}
