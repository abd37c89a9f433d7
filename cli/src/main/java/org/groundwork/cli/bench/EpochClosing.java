package org.groundwork.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.cli.Json;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.carry.CarryFile;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.facts.FactsStore;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.files.ResultStore;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.engine.steps.EpochInputs;
import org.groundwork.engine.steps.RecordMerge;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.SignatureVerifiers;

/**
 * Makes a {@link SyntheticEpoch} in a folder, or closes it there, in a process of its own, and
 * prints what it took.
 */
final class EpochClosing {
  /** Fewer than these leave the compiler unfinished. */
  private static final long WARM_REPORTS = 4_000_000;

  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private EpochClosing() {}

  /** What to do, folder, devices, reports. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    int devices = Integer.parseInt(args[2]);
    long reports = Long.parseLong(args[3]);
    SyntheticEpoch epoch = new SyntheticEpoch(devices, reports, false);
    switch (args[0]) {
      case EpochBench.MAKE -> {
        EpochBench.make(folder, epoch);
        System.out.println(Json.line(Json.object()));
      }
      case EpochBench.WARM -> {
        close(folder, epoch);
        if (reports < WARM_REPORTS) {
          close(folder, epoch);
        }
        System.out.println(Json.line(close(folder, epoch)));
      }
      default -> System.out.println(Json.line(close(folder, epoch)));
    }
  }

  private static ObjectNode close(Path folder, SyntheticEpoch epoch) throws Exception {
    IndexStore indexes = new IndexStore(folder.resolve("indexes"));
    SegmentIndex index = indexes.get(indexes.list().getFirst()).orElseThrow();
    ResultPlan plan = epoch.plan(index);
    CarrySnapshot carry = carry(folder.resolve("carry.bin"));
    FactsStore facts = EpochBench.facts(folder);
    Meter merge = new Meter();
    EpochInputs inputs = EpochInputs.gather(plan.own(), indexes, facts);
    Meter merged = new Meter();
    long records = merge(inputs, plan.own().devices().size());
    merged.stop();
    merge.stop();
    forgetPeak();
    Meter closing = new Meter();
    EpochResult result =
        new LocalRunner(SyntheticEpoch.networks(), SignatureVerifiers.best(), THREADS)
            .run(plan, facts, indexes, carry);
    closing.stop();
    long peak = status("VmHWM");
    Meter writing = new Meter();
    Path written = folder.resolve("results");
    new ResultStore(new FolderStore(written)).write(result.published(), List.of(index));
    writing.stop();
    return Json.object()
        .put("reports", records)
        .put("seconds", closing.seconds())
        .put("cpuSeconds", closing.cpuSeconds())
        .put("mergeSeconds", merged.seconds())
        .put("mergeCpuSeconds", merged.cpuSeconds())
        .put("gatherSeconds", merge.seconds() - merged.seconds())
        .put("peakHeap", heap())
        .put("publishSeconds", writing.seconds())
        .put("publishCpuSeconds", writing.cpuSeconds())
        .put("factsBytes", EpochBench.size(folder.resolve("facts")))
        .put("resultBytes", EpochBench.size(written))
        .put("peakRssAtClose", peak)
        .put("peakRss", status("VmHWM"))
        .put("anonymous", status("RssAnon"))
        .put("result", result.statement().structHash().toHex());
  }

  /** The most that the parts of the heap ever held. */
  private static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static CarrySnapshot carry(Path file) throws IOException, Malformed {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      return CarryFile.read(in);
    }
  }

  /** The limit: reading every record in order, on all cores. */
  private static long merge(EpochInputs inputs, int devices) throws Exception {
    List<Callable<Long>> ranges = new ArrayList<>();
    int count = 32 * THREADS;
    for (int i = 0; i < count; i++) {
      long from = 1 + (long) devices * i / count;
      long to = 1 + (long) devices * (i + 1) / count;
      ranges.add(() -> {
        long merged = merge(new RecordMerge(inputs, from, to));
        inputs.facts().forEach(SegmentFacts::unload);
        return merged;
      });
    }
    long records = 0;
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Long> done : threads.invokeAll(ranges)) {
        records += done.get();
      }
    }
    return records;
  }

  private static long merge(RecordMerge merge) {
    long records = 0;
    for (long device = merge.device(); device != RecordMerge.NO_DEVICE; device = merge.device()) {
      var of = merge.of(device);
      while (of.hasNext()) {
        of.next();
        records++;
      }
    }
    return records;
  }

  /** Lets the peak of the process's memory begin anew; see proc(5), clear_refs. */
  private static void forgetPeak() throws IOException {
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
  }

  /** Bytes of a line of the process's status. */
  private static long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
