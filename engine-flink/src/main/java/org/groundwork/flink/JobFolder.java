package org.groundwork.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarrySpace;
import org.groundwork.engine.facts.FactsFile;
import org.groundwork.engine.facts.FactsSource;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.steps.DeviceOutcome;
import org.groundwork.engine.steps.EpochInputs;
import org.groundwork.engine.steps.EpochSteps;
import org.groundwork.engine.steps.GroupOutcome;
import org.groundwork.engine.steps.InputSegment;
import org.groundwork.engine.steps.KeyOwners;
import org.groundwork.engine.steps.KnownDevice;
import org.groundwork.engine.steps.Lowering;
import org.groundwork.engine.steps.RecordVerdict;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;

/**
 * The folder of one job, in the folder that all machines share.
 *
 * <pre>
 * plan                 the plan
 * segments.part        those that count, by rank
 * facts/R              facts of the segment of rank R: a link to the verifier's, or a copy
 * devices-N.part       what is known of devices, ascending
 * kept-N.part          what is kept of groups, ascending
 * out/verdicts-T.part  of task T: records that do not count
 * out/devices-T.part   of task T: what the first phase made of devices
 * out/groups-T.part    of task T: what the second phase made of groups
 * out/lowerings-T.part of task T: verdicts that the second phase lowers
 * </pre>
 */
final class JobFolder {
  /** Devices, or groups, of one file of inputs. */
  private static final int PART = 1 << 14;

  private final Path root;

  JobFolder(Path root) {
    this.root = root;
  }

  /** A new folder of a job. */
  static JobFolder create(Path shared, EpochPlan plan) throws IOException {
    Path jobs = Files.createDirectories(shared.resolve("jobs"));
    JobFolder folder =
        new JobFolder(Files.createTempDirectory(jobs, "epoch-" + plan.epoch() + "-"));
    Files.createDirectories(folder.root.resolve("facts"));
    Files.createDirectories(folder.root.resolve("out"));
    return folder;
  }

  Path path() {
    return root;
  }

  /** How many segments, and files of devices and of kept groups, are in the folder. */
  record Sizes(int segments, int devices, int kept) {}

  Sizes write(EpochSteps steps, EpochInputs inputs, FactsSource facts, CarrySnapshot before)
      throws IOException {
    Files.write(root.resolve("plan"), PlanFile.encode(steps.plan()).unsafeArray());
    writeSegments(inputs);
    for (InputSegment segment : inputs.segments()) {
      share(facts, inputs.facts().get(segment.rank()), facts(segment.rank()));
    }
    KeyOwners owners = steps.keyOwners(before, inputs);
    int devices =
        write(
            this::devices,
            steps.plan().devices().stream()
                .map(device -> DeviceItem.known(KnownDevice.of(device, before, owners))));
    int kept =
        write(
            this::kept,
            before.entries().entrySet().stream()
                .filter(entry -> entry.getKey().space() == CarrySpace.GROUP)
                .filter(entry -> steps.judges(entry.getKey().network()))
                .map(entry -> GroupItem.kept(entry.getKey(), entry.getValue())));
    return new Sizes(inputs.segments().size(), devices, kept);
  }

  /** Writes items into files of bounded size, at least one; returns how many. */
  private static int write(IntFunction<Path> path, Stream<byte[]> items) throws IOException {
    Iterator<byte[]> left = items.iterator();
    int parts = 0;
    do {
      try (PartFile.Writer out = new PartFile.Writer(path.apply(parts++))) {
        for (int i = 0; i < PART && left.hasNext(); i++) {
          out.add(Bytes.EMPTY, Bytes.wrap(left.next()));
        }
        out.finish();
      }
    } while (left.hasNext());
    return parts;
  }

  private void writeSegments(EpochInputs inputs) throws IOException {
    try (PartFile.Writer out = new PartFile.Writer(root.resolve("segments.part"))) {
      for (InputSegment segment : inputs.segments()) {
        out.add(
            Bytes.EMPTY,
            new CanonicalWriter()
                .hash(segment.segment())
                .account(segment.gateway())
                .u64(segment.slot().value())
                .u32(segment.records())
                .toBytes());
      }
      out.finish();
    }
  }

  private static void share(FactsSource source, SegmentFacts facts, Path target)
      throws IOException {
    Optional<Path> file = source.file(facts.segment());
    if (file.isEmpty()) {
      FactsFile.write(facts, target);
      return;
    }
    try {
      Files.createLink(target, file.get());
    } catch (UnsupportedOperationException | IOException e) {
      // Another file system, or one without links.
      Files.copy(file.get(), target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  EpochPlan plan() throws IOException {
    try {
      return PlanFile.decode(Bytes.wrap(Files.readAllBytes(root.resolve("plan"))));
    } catch (Malformed e) {
      throw new IOException("no plan in " + root, e);
    }
  }

  List<InputSegment> segments() throws IOException {
    List<InputSegment> segments = new ArrayList<>();
    try (PartFile.Reader in = new PartFile.Reader(root.resolve("segments.part"))) {
      while (in.hasNext()) {
        CanonicalReader entry = new CanonicalReader(in.next().value());
        Hash segment = entry.hash();
        AccountId gateway = entry.account();
        SlotNumber slot = new SlotNumber(entry.count());
        int records = Math.toIntExact(entry.u32());
        segments.add(new InputSegment(segments.size(), segment, gateway, slot, records));
      }
    } catch (Malformed | UncheckedIOException e) {
      throw new IOException("no segments in " + root, e);
    }
    return segments;
  }

  Path facts(int rank) {
    return root.resolve("facts").resolve(String.valueOf(rank));
  }

  Path devices(int part) {
    return root.resolve("devices-" + part + ".part");
  }

  Path kept(int part) {
    return root.resolve("kept-" + part + ".part");
  }

  /** Where one task of a stage leaves what it found. */
  Path out(Output output, int task) {
    return root.resolve("out").resolve(output.fileName + "-" + task + ".part");
  }

  /** What a job leaves. */
  enum Output {
    VERDICTS("verdicts"),
    DEVICES("devices"),
    GROUPS("groups"),
    LOWERINGS("lowerings");

    private final String fileName;

    Output(String fileName) {
      this.fileName = fileName;
    }
  }

  static Bytes key(DeviceId device) {
    return new CanonicalWriter().u64(device.value()).toBytes();
  }

  /** What a job of so many tasks in a stage left, read anew for each iteration. */
  record Results(
      Iterable<RecordVerdict> verdicts,
      Iterable<DeviceOutcome> devices,
      Iterable<GroupOutcome> groups,
      Iterable<Lowering> lowerings) {}

  Results results(EpochSteps steps, int tasks) {
    return new Results(
        new MergedParts<>(parts(Output.VERDICTS, tasks), RecordVerdict::decode),
        new MergedParts<>(
            parts(Output.DEVICES, tasks), bytes -> DeviceOutcome.decode(bytes, steps)),
        new MergedParts<>(parts(Output.GROUPS, tasks), GroupOutcome::decode),
        new MergedParts<>(parts(Output.LOWERINGS, tasks), Lowering::decode));
  }

  private List<Path> parts(Output output, int tasks) {
    return IntStream.range(0, tasks).mapToObj(task -> out(output, task)).toList();
  }

  void delete() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
