package org.groundwork.testkit.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Seed;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Challenge;
import org.groundwork.rules.Claim;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Fault;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Limits;
import org.groundwork.rules.Parameter;
import org.groundwork.rules.Reason;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;
import org.groundwork.rules.RulesVersion;
import org.groundwork.rules.Unit;
import org.groundwork.rules.Verdict;
import org.groundwork.rules.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check of the contract goes red over a network that breaks what it checks. */
class NetworkChecksTest {
  private static final CounterNetwork COUNTER = new CounterNetwork();
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "counter");
  private static final Reason UNKNOWN = new Text(99, "counter.unknown", "So.", "Stop.");

  @TempDir private Path folder;

  @Test
  void rulesThatPayTheDeviceAskedFirstAreFound() {
    Broken broken = new Broken();
    broken.judge =
        honest ->
            new Judge() {
              private long asked;

              @Override
              public DeviceResult judge(DeviceInput input) {
                asked++;
                return withCarry(honest.judge(input), asked);
              }
            };
    assertRed(checks(broken)::orderDoesNotMatter, "in another order");
  }

  @Test
  void rulesThatDependOnAHiddenStateAreFound() {
    AtomicLong clock = new AtomicLong();
    Broken broken = new Broken();
    broken.judge = honest -> input -> withCarry(honest.judge(input), clock.incrementAndGet());
    assertRed(checks(broken)::rerunsAreEqual, "once more");
  }

  @Test
  void rulesThatThreadsDisturbAreFound() {
    Map<Object, Long> shared = new HashMap<>();
    Broken broken = new Broken();
    broken.judge =
        honest ->
            input -> withCarry(honest.judge(input), shared.merge(input.device(), 1L, Long::sum));
    assertRed(checks(broken)::rerunsAreEqual, "");
  }

  @Test
  void reasonsWithoutANumberACodeOrATextOfTheirOwnAreFound() {
    assertRed(checks(reasons(new Text(63, "counter.x", "So.", "Stop.")))::reasonsAreClosed, "63");
    assertRed(checks(reasons(UNKNOWN, UNKNOWN))::reasonsAreClosed, "number 99 is free");
    assertRed(
        checks(reasons(UNKNOWN, new Text(98, UNKNOWN.code(), "So.", "Stop.")))::reasonsAreClosed,
        "is free");
    assertRed(
        checks(reasons(new Text(98, "counter.x", "", "Stop.")))::reasonsAreClosed, "what happened");
    assertRed(
        checks(reasons(new Text(98, "counter.x", "So.", "")))::reasonsAreClosed, "what to do");
  }

  @Test
  void reasonsOutsideTheVocabularyAreFound() {
    assertRed(
        with(result ->
            new DeviceResult(
                Collections.nCopies(result.verdicts().size(), Verdict.rejected(UNKNOWN, "")),
                List.of(),
                List.of(),
                Carry.NONE)),
        "outside the vocabulary: 99");
    assertRed(
        with(result ->
            new DeviceResult(
                result.verdicts(),
                result.faults().stream()
                    .map(fault -> new Fault(fault.slot(), UNKNOWN, ""))
                    .toList(),
                List.of(),
                Carry.NONE)),
        "outside the vocabulary: 99");
  }

  @Test
  void rulesThatThrowAtHostileInputAreFound() {
    Broken broken = new Broken();
    broken.judge =
        honest ->
            input -> {
              input.records().forEach(record -> record.payload().get(8));
              return honest.judge(input);
            };
    assertRed(checks(broken)::hostileInputIsJudged, "rules threw over device");
    Broken describing = new Broken();
    describing.describe = payload -> String.valueOf(payload.get(8));
    assertThatThrownBy(() -> checks(describing).hostileInputIsJudged())
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void rulesThatSayTooMuchAreFound() {
    assertRed(
        with(result ->
            new DeviceResult(
                result.verdicts(), result.faults(), copies(result.claims()), Carry.NONE)),
        "65537 claims");
    assertRed(
        with(result -> new DeviceResult(List.of(), result.faults(), result.claims(), Carry.NONE)),
        "0 verdicts on");
    assertRed(
        with(result ->
            new DeviceResult(
                result.verdicts(),
                List.of(),
                List.of(),
                new Carry(Bytes.wrap(new byte[Carry.MAX_SIZE + 1])))),
        "rules threw over device");
  }

  @Test
  void parametersThatAreNotBoundedAreFound() {
    Broken lax = new Broken();
    lax.parameters = _ -> COUNTER.defaultParameters();
    assertRed(checks(lax)::parametersAreBounded, "rules take the parameters");
    Broken narrow = new Broken();
    narrow.vocabulary =
        new Vocabulary(
            COUNTER.vocabulary().reasons(),
            List.of(
                Parameter.of("limit", Unit.of("counts"), 0, 1L << 40, 7, "Too high."),
                COUNTER.vocabulary().parameters().getLast()));
    assertRed(checks(narrow)::parametersAreBounded, "is refused");
  }

  @Test
  void aChangedRuleIsFoundByItsGoldenEpochs() {
    Broken broken = new Broken();
    broken.judge =
        honest ->
            input -> {
              DeviceResult result = honest.judge(input);
              return new DeviceResult(
                  result.verdicts(),
                  result.faults(),
                  result.claims(),
                  result.carry(),
                  result.capacity().add(BigInteger.ONE),
                  result.slashes());
            };
    assertRed(checks(broken)::goldenEpochsStay, "add version 2");
  }

  @Test
  void aVersionThatIsChangedRemovedOrNotCommittedIsFound() throws IOException {
    RulesVersion first = COUNTER.newest();
    Broken changed = new Broken();
    changed.versions = List.of(new RulesVersion(1, Hash.ZERO));
    assertRed(checks(changed)::versionsAreOnlyAdded, "conformance of version 1");
    Broken renumbered = new Broken();
    renumbered.versions = List.of(new RulesVersion(2, first.conformance()));
    assertRed(checks(renumbered)::versionsAreOnlyAdded, "numbered 1, 2, ...");
    Broken unsampled = new Broken();
    unsampled.versions = List.of(first, new RulesVersion(2, Hash.ZERO));
    assertRed(checks(unsampled)::versionsAreOnlyAdded, "samples of version 2");

    Path outcome = Path.of("v1", "meters.txt");
    Files.createDirectories(folder.resolve("v1"));
    Files.copy(GOLDEN.resolve(outcome), folder.resolve(outcome));
    NetworkChecks uncommitted = new NetworkChecks(COUNTER, CounterSamples.all(), folder);
    assertRed(uncommitted::versionsAreOnlyAdded, "versions.txt");
    Files.writeString(
        folder.resolve("versions.txt"), "1 " + first.conformance() + "\n2 " + Hash.ZERO + "\n");
    assertRed(uncommitted::versionsAreOnlyAdded, "never change or remove one");
  }

  private static NetworkChecks checks(ResourceNetwork network) {
    return new NetworkChecks(network, CounterSamples.all(), GOLDEN);
  }

  private static ThrowingCallable with(UnaryOperator<DeviceResult> change) {
    Broken broken = new Broken();
    broken.judge = honest -> input -> change.apply(honest.judge(input));
    return checks(broken)::rerunsAreEqual;
  }

  private static Broken reasons(Reason... reasons) {
    Broken broken = new Broken();
    broken.vocabulary = new Vocabulary(List.of(reasons), List.of());
    return broken;
  }

  private static void assertRed(ThrowingCallable check, String message) {
    assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageContaining(message);
  }

  private static DeviceResult withCarry(DeviceResult result, long kept) {
    return new DeviceResult(
        result.verdicts(),
        result.faults(),
        result.claims(),
        result.carry(),
        BigInteger.valueOf(kept),
        result.slashes());
  }

  private static List<Claim> copies(List<Claim> claims) {
    return claims.isEmpty()
        ? claims
        : new ArrayList<>(Collections.nCopies(Limits.MAX_DEVICE_OUTPUTS + 1, claims.getFirst()));
  }

  private interface Judge {
    DeviceResult judge(DeviceInput input);
  }

  private record Text(int number, String code, String happened, String remedy) implements Reason {}

  /** The counter network but for one thing. */
  private static final class Broken implements ResourceNetwork {
    private Vocabulary vocabulary = COUNTER.vocabulary();
    private List<RulesVersion> versions = COUNTER.versions();
    private UnaryOperator<Judge> judge = honest -> honest;
    private UnaryOperator<Bytes> parameters = given -> given;
    private java.util.function.Function<Bytes, String> describe = COUNTER::describe;

    @Override
    public Kind kind() {
      return COUNTER.kind();
    }

    @Override
    public Vocabulary vocabulary() {
      return vocabulary;
    }

    @Override
    public List<RulesVersion> versions() {
      return versions;
    }

    @Override
    public Rules rules(RulesVersion version, Bytes given) throws Malformed {
      Rules honest = COUNTER.rules(version, parameters.apply(given));
      Judge judging = judge.apply(honest::judge);
      return new Rules() {
        @Override
        public int maxRecordsPerDevice() {
          return honest.maxRecordsPerDevice();
        }

        @Override
        public List<Challenge> challenges(Seed seed, Device device, Carry carry) {
          return List.of();
        }

        @Override
        public DeviceResult judge(DeviceInput input) {
          return judging.judge(input);
        }

        @Override
        public GroupResult reconcile(GroupInput input) {
          return honest.reconcile(input);
        }
      };
    }

    @Override
    public String describe(Bytes payload) {
      return describe.apply(payload);
    }
  }
}
