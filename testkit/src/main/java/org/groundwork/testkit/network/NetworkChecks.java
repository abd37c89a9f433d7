package org.groundwork.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.Parameter;
import org.groundwork.rules.ParameterValues;
import org.groundwork.rules.Reason;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;
import org.groundwork.rules.RulesVersion;

/**
 * The checks of {@link NetworkContract}; each throws an {@link AssertionError} that says what to
 * do.
 *
 * @param golden folder of a file {@code versions.txt} and, for each version, of a folder {@code vN}
 *     with the outcome of each of its samples
 */
record NetworkChecks(ResourceNetwork network, List<Sample> samples, Path golden) {
  private static final long SEED = 20_261_121;
  private static final int ORDERS = 5;
  private static final int THREADS = 4;
  private static final int HOSTILE_ROUNDS = 100;
  private static final int HOSTILE_TEXTS = 2_000;

  /** Asking devices and groups in another order, and shuffling the records, changes nothing. */
  void orderDoesNotMatter() {
    for (Sample sample : samples) {
      String first = run(rules(sample), sample, 0);
      for (int order = 1; order <= ORDERS; order++) {
        assertThat(run(rules(sample), sample, order))
            .as(
                "%s in another order: rules must not keep anything between calls, nor depend on"
                    + " which device is asked first",
                sample.name())
            .isEqualTo(first);
      }
    }
  }

  /** The same rules say the same again, and in several threads. */
  void rerunsAreEqual() {
    for (Sample sample : samples) {
      Rules rules = rules(sample);
      String first = run(rules, sample, 0);
      assertThat(run(rules, sample, 0)).as("%s once more", sample.name()).isEqualTo(first);
      List<String> parallel =
          IntStream.range(0, THREADS)
              .parallel()
              .mapToObj(order -> run(rules, sample, order))
              .toList();
      assertThat(parallel).as("%s in several threads", sample.name()).containsOnly(first);
    }
  }

  /** Each reason has a number and a code of its own, and texts. */
  void reasonsAreClosed() {
    Set<Integer> numbers = new TreeSet<>();
    Set<String> codes = new TreeSet<>();
    for (Reason reason : CommonReason.values()) {
      numbers.add(reason.number());
      codes.add(reason.code());
    }
    for (Reason reason : network.vocabulary().reasons()) {
      assertThat(reason.number())
          .as("number of %s", reason.code())
          .isBetween(Reason.FIRST_OWN, Reason.LAST);
      assertThat(numbers.add(reason.number())).as("number %d is free", reason.number()).isTrue();
      assertThat(codes.add(reason.code())).as("code %s is free", reason.code()).isTrue();
      assertThat(reason.code()).matches("[a-z0-9-]+\\.[a-z0-9-]+");
      assertThat(reason.happened()).as("what happened at %s", reason.code()).endsWith(".");
      assertThat(reason.remedy()).as("what to do about %s", reason.code()).endsWith(".");
    }
  }

  /** Whatever devices send, rules neither throw nor say too much, and order matters not. */
  void hostileInputIsJudged() {
    Random random = new Random(SEED);
    Hostile hostile = new Hostile(random, samples);
    for (int round = 0; round < HOSTILE_ROUNDS; round++) {
      Sample sample = hostile.of(samples.get(random.nextInt(samples.size())));
      String outcome = run(rules(sample), sample, 1);
      assertThat(run(rules(sample), sample, 2)).as("hostile round %d", round).isEqualTo(outcome);
    }
    for (int i = 0; i < HOSTILE_TEXTS; i++) {
      Bytes payload = hostile.payload();
      assertThat(network.describe(payload)).as("description of %s", payload).isNotNull();
    }
  }

  /** Parameters are read in one encoding and within their bounds alone, by every version. */
  void parametersAreBounded() {
    List<Parameter> schema = network.vocabulary().parameters();
    ParameterValues standard = ParameterValues.standard(schema);
    Bytes given = network.defaultParameters();
    assertTaken(given);
    for (int size = 0; size < given.size(); size++) {
      assertRefused(given.slice(0, size));
    }
    assertRefused(Bytes.wrap(Arrays.copyOf(given.toArray(), given.size() + 1)));
    for (Parameter parameter : schema) {
      for (BigInteger edge : List.of(parameter.min(), parameter.max())) {
        assertTaken(standard.with(parameter.name(), edge).encode());
      }
      String text = text(standard.encode());
      String field = "\"" + parameter.name() + "\":";
      BigInteger above = parameter.max().add(BigInteger.ONE);
      assertRefused(text.replaceAll(field + "(\"?)[0-9]+", field + "$1" + above));
      if (parameter.min().signum() > 0) {
        BigInteger below = parameter.min().subtract(BigInteger.ONE);
        assertRefused(text.replaceAll(field + "(\"?)[0-9]+", field + "$1" + below));
      }
      assertRefused(text.replace(field, "\"other\":"));
      assertRefused(text.replaceAll("[{,]" + field + "\"?[0-9]+\"?", ""));
    }
    String text = text(standard.encode());
    for (String other : List.of("", "{", "[]", " " + text, text + " ", text + text)) {
      assertRefused(other);
    }
  }

  /** What a version once said of its samples it says for ever. */
  void goldenEpochsStay() {
    for (Sample sample : samples) {
      String outcome = run(rules(sample), sample, 0);
      Path file = golden.resolve("v" + sample.version()).resolve(sample.name() + ".txt");
      if (!Files.exists(file)) {
        throw new AssertionError(
            "%s has no golden outcome yet; commit %s"
                .formatted(sample.name(), proposed(sample, outcome)));
      }
      assertThat(outcome.lines().toList())
          .as(
              "version %d of %s judges %s as it always did. If this fails, a rule changed: epochs"
                  + " that were settled by it would come to something else. Leave the version as"
                  + " it was and add version %d",
              sample.version(), network.kind(), sample.name(), network.newest().number() + 1)
          .isEqualTo(read(file).lines().toList());
    }
  }

  /** Versions are 1, 2, ..., each as it was committed, with the hash of its golden outcomes. */
  void versionsAreOnlyAdded() {
    List<RulesVersion> versions = network.versions();
    for (int i = 0; i < versions.size(); i++) {
      RulesVersion version = versions.get(i);
      assertThat(version.number()).as("versions are numbered 1, 2, ...").isEqualTo(i + 1);
      Hash conformance = conformance(version.number());
      assertThat(version.conformance())
          .as("conformance of version %d is the hash of its outcomes", version.number())
          .isEqualTo(conformance);
    }
    Path file = golden.resolve("versions.txt");
    List<String> committed = Files.exists(file) ? read(file).lines().toList() : List.of();
    assertThat(versions.stream().map(v -> v.number() + " " + v.conformance()).toList())
        .as("versions.txt lists the versions; add lines, never change or remove one")
        .isEqualTo(committed);
  }

  /** Hash over the committed outcomes of a version's samples, by name. */
  private Hash conformance(int version) {
    TreeMap<String, String> outcomes = new TreeMap<>();
    for (Sample sample : samples) {
      if (sample.version() == version) {
        Path file = golden.resolve("v" + version).resolve(sample.name() + ".txt");
        assertThat(file).exists();
        outcomes.put(sample.name(), read(file));
      }
    }
    assertThat(outcomes).as("samples of version %d", version).isNotEmpty();
    StringBuilder all = new StringBuilder();
    outcomes.forEach((name, outcome) -> all.append(name).append('\n').append(outcome));
    return Sha256.hash(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Path proposed(Sample sample, String outcome) {
    try {
      Path folder = Path.of("target", "golden", "v" + sample.version());
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve(sample.name() + ".txt"), outcome).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(Rules rules, Sample sample, int order) {
    return Trial.run(rules, network.vocabulary(), sample, new Random(SEED + order));
  }

  private Rules rules(Sample sample) {
    try {
      return network.rules(network.versions().get(sample.version() - 1), sample.parameters());
    } catch (Malformed e) {
      throw new AssertionError("sample " + sample.name() + " has other parameters", e);
    }
  }

  private void assertTaken(Bytes parameters) {
    for (RulesVersion version : network.versions()) {
      try {
        network.rules(version, parameters);
      } catch (Malformed e) {
        throw new AssertionError(text(parameters) + " is refused", e);
      }
    }
  }

  private void assertRefused(String parameters) {
    assertRefused(Bytes.wrap(parameters.getBytes(StandardCharsets.US_ASCII)));
  }

  private void assertRefused(Bytes parameters) {
    for (RulesVersion version : network.versions()) {
      try {
        network.rules(version, parameters);
      } catch (Malformed refused) {
        continue;
      }
      throw new AssertionError("rules take the parameters " + text(parameters));
    }
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.US_ASCII);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
