package org.groundwork.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Networks;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.engine.Scene.Cut;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.steps.DevicePhase;
import org.groundwork.engine.steps.GroupPhase;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.rules.Amendment;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Challenge;
import org.groundwork.rules.Claim;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Fault;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Reason;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;
import org.groundwork.rules.RulesVersion;
import org.groundwork.rules.Score;
import org.groundwork.rules.Verdict;
import org.groundwork.rules.Vocabulary;
import org.junit.jupiter.api.Test;

/** Rules that break their side of the seam stop the run: a verifier then signs nothing. */
class BrokenRulesTest {
  private static final GroupKey GROUP = new GroupKey(Samples.hash("group").bytes());
  private static final GroupResult NOTHING = new GroupResult(List.of(), List.of(), Carry.NONE);

  private final Scene scene = Scene.withDevices(1, 2).readings(1, 0).readings(2, 0);

  @Test
  void stopWhenTheyThrow() {
    assertStops(
        _ -> {
          throw new ArithmeticException("/ by zero");
        },
        _ -> NOTHING,
        "rules failed on device 1");
    assertStops(
        BrokenRulesTest::accept,
        _ -> {
          throw new ArithmeticException("/ by zero");
        },
        "rules failed on group");
  }

  @Test
  void stopWhenTheyGiveTooFewVerdicts() {
    assertStops(
        _ -> new DeviceResult(List.of(), List.of(), List.of(), Carry.NONE),
        _ -> NOTHING,
        "0 verdicts on 1 records");
  }

  @Test
  void stopWhenTheyGiveMoreThanTheBounds() {
    assertStops(
        in ->
            new DeviceResult(
                accept(in).verdicts(),
                Collections.nCopies(
                    DevicePhase.MAX_OUTPUTS + 1,
                    new Fault(scene.slotNumber(0), CommonReason.INACTIVE, "")),
                List.of(),
                Carry.NONE),
        _ -> NOTHING,
        "65537 faults");
  }

  @Test
  void stopWhenTheyGiveReasonsOutsideTheirSet() {
    Reason unknown = new Unknown();
    assertStops(
        in ->
            new DeviceResult(
                List.of(Verdict.rejected(unknown, "")), List.of(), List.of(), Carry.NONE),
        _ -> NOTHING,
        "outside the closed set");
    assertStops(
        in ->
            new DeviceResult(
                accept(in).verdicts(),
                List.of(new Fault(scene.slotNumber(0), unknown, "")),
                List.of(),
                Carry.NONE),
        _ -> NOTHING,
        "outside the closed set");
  }

  @Test
  void stopWhenADeviceClaimsForAnother() {
    RecordRef other = new RecordRef(new DeviceId(2), new Sequence(1), Hash.ZERO);
    assertStops(in -> claim(in, other), _ -> NOTHING, "claims for 2");
  }

  @Test
  void stopWhenAGroupAmendsAStranger() {
    RecordRef stranger = new RecordRef(new DeviceId(2), new Sequence(1), Hash.ZERO);
    Amendment amendment = new Amendment(stranger, new Verdict.Rejected(CommonReason.MALFORMED, ""));
    assertStops(
        BrokenRulesTest::accept,
        _ -> new GroupResult(List.of(amendment), List.of(), Carry.NONE),
        "says nothing about it");
  }

  @Test
  void stopWhenAGroupScoresADeviceOfElsewhere() {
    var id = scene.reserve("payer", 1, 10, 10);
    var paid = new Entitlement.Paid(scene.voucher("payer", 1, id, "s", 1));
    Score score = new Score(new DeviceId(77), paid);
    assertStops(
        BrokenRulesTest::accept,
        _ -> new GroupResult(List.of(), List.of(score), Carry.NONE),
        "of elsewhere");
  }

  @Test
  void mayLowerAnAcceptedRecordOnceAndClaimFromSilence() throws IOException, UnknownRules {
    Networks networks =
        networks(
            BrokenRulesTest::accept,
            in ->
                new GroupResult(
                    in.claims().stream()
                        .flatMap(claim ->
                            Stream.of(CommonReason.MALFORMED, CommonReason.TOO_MANY)
                                .map(reason ->
                                    new Amendment(
                                        claim.origin(), new Verdict.Rejected(reason, "x"))))
                        .toList(),
                    List.of(),
                    Carry.NONE));
    EpochResult result = run(networks);
    assertThat(result.devices().getFirst().verdicts())
        .isEqualTo(Map.of("accepted", 1L, "report.malformed", 1L));
  }

  @Test
  void seeTheClaimsAboutAGroupSorted() throws IOException, UnknownRules {
    List<Claim> seen = new CopyOnWriteArrayList<>();
    run(
        networks(
            in -> claims(in, 3),
            in -> {
              seen.addAll(in.claims());
              return NOTHING;
            }));
    assertThat(seen).hasSize(6).isSorted();
  }

  @Test
  void doNotSeeWhatIsTooMuchAboutAGroup() throws IOException, UnknownRules {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    EpochResult result =
        run(
            networks(
                in -> claims(in, 40_000),
                in -> {
                  seen.add(in.claims().size());
                  return NOTHING;
                }));
    assertThat(seen).containsExactly(GroupPhase.MAX_CLAIMS);
    assertThat(result.devices().getFirst().verdicts()).isEqualTo(Map.of("accepted", 2L));
    assertThat(result.devices().get(1).verdicts())
        .isEqualTo(Map.of("accepted", 1L, "report.group-full", 1L));
  }

  private void assertStops(
      Function<DeviceInput, DeviceResult> judge,
      Function<GroupInput, GroupResult> reconcile,
      String message) {
    assertThatThrownBy(() -> run(networks(judge, reconcile)))
        .isInstanceOf(IllegalStateException.class)
        .cause()
        .hasMessageContaining(message);
  }

  private EpochResult run(Networks networks) throws IOException, UnknownRules {
    Scene.Files files = scene.files(new Cut(0, 1));
    return new LocalRunner(networks, SignatureVerifiers.best(), 2)
        .run(ResultPlan.of(files.plan()), files::facts, files::index, CarrySnapshot.EMPTY);
  }

  /** Accepts everything and claims with the first record, or with silence. */
  private static DeviceResult accept(DeviceInput in) {
    RecordRef silence = new RecordRef(in.device().id(), new Sequence(0), Hash.ZERO);
    return claim(in, in.records().isEmpty() ? silence : in.records().getFirst().ref());
  }

  private static DeviceResult claim(DeviceInput in, RecordRef origin) {
    return new DeviceResult(
        in.records().stream().map(_ -> Verdict.ACCEPTED).toList(),
        List.of(),
        List.of(new Claim(GROUP, origin, Bytes.EMPTY)),
        Carry.NONE);
  }

  /** So many claims about one group, the highest first. */
  private static DeviceResult claims(DeviceInput in, int count) {
    List<Claim> claims = new ArrayList<>();
    for (int i = count; i > 0; i--) {
      Bytes fact = new CanonicalWriter().u32(i).toBytes();
      claims.add(new Claim(GROUP, in.records().getFirst().ref(), fact));
    }
    return new DeviceResult(accept(in).verdicts(), List.of(), claims, Carry.NONE);
  }

  private static Networks networks(
      Function<DeviceInput, DeviceResult> judge, Function<GroupInput, GroupResult> reconcile) {
    return new Networks(List.of(new Broken(judge, reconcile)));
  }

  private record Broken(
      Function<DeviceInput, DeviceResult> judge, Function<GroupInput, GroupResult> reconcile)
      implements ResourceNetwork {
    @Override
    public Kind kind() {
      return CounterNetwork.KIND;
    }

    @Override
    public Vocabulary vocabulary() {
      return new Vocabulary(List.of(), List.of());
    }

    @Override
    public List<RulesVersion> versions() {
      return List.of(CounterNetwork.VERSION_1);
    }

    @Override
    public Rules rules(RulesVersion version, Bytes parameters) {
      return new BrokenRules(judge, reconcile);
    }

    @Override
    public String describe(Bytes payload) {
      return "";
    }
  }

  private record BrokenRules(
      Function<DeviceInput, DeviceResult> judging, Function<GroupInput, GroupResult> reconciling)
      implements Rules {
    @Override
    public int maxRecordsPerDevice() {
      return 10;
    }

    @Override
    public List<Challenge> challenges(Seed seed, Device device, Carry carry) {
      return List.of();
    }

    @Override
    public DeviceResult judge(DeviceInput input) {
      return judging.apply(input);
    }

    @Override
    public GroupResult reconcile(GroupInput input) {
      return reconciling.apply(input);
    }
  }

  private record Unknown() implements Reason {
    @Override
    public int number() {
      return 99;
    }

    @Override
    public String code() {
      return "counter.unknown";
    }

    @Override
    public String happened() {
      return "";
    }

    @Override
    public String remedy() {
      return "";
    }
  }
}
