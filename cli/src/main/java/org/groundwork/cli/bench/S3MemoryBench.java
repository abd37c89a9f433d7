package org.groundwork.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.groundwork.cli.Json;

/**
 * The memory of a deployment while an object comes and goes: as much for a large one as for one of
 * a tenth of it. A first one of a tenth is not counted.
 */
public final class S3MemoryBench {
  private static final String BUCKET = "bench-memory";
  private static final Map<String, String> PARTS =
      Map.of("s3", "s3", "providers", "provide", "node", "node");
  private static final long PART_BYTES = 64L << 20;
  private static final int PARTS_AT_ONCE = 4;
  private static final int TENTHS = 10;
  private static final double MEGABYTE = 1e6;

  private final S3Load load;
  private final MemoryWatch watch;
  private final Map<String, Long> processes;
  private final ObjectNode rates = Json.object();
  private final Map<String, ObjectNode> memory = new TreeMap<>();
  private final Consumer<String> progress;
  private int interval = -1;

  private S3MemoryBench(
      S3Load load, MemoryWatch watch, Map<String, Long> processes, Consumer<String> progress) {
    this.load = load;
    this.watch = watch;
    this.processes = processes;
    this.progress = progress;
    processes.keySet().forEach(name -> memory.put(name, Json.object()));
  }

  /** One run: most memory of the endpoint's process with the object and with a tenth of it. */
  public static ObjectNode run(long bytes, Consumer<String> progress)
      throws IOException, InterruptedException, GeneralSecurityException {
    return S3Deployment.during(up -> run(up, bytes, progress));
  }

  private static ObjectNode run(S3Deployment up, long bytes, Consumer<String> progress)
      throws IOException, InterruptedException {
    S3Load load = new S3Load(up.requests(BUCKET), BUCKET, PARTS_AT_ONCE);
    Map<String, Long> processes = new TreeMap<>();
    for (Map.Entry<String, String> part : PARTS.entrySet()) {
      processes.put(part.getKey(), up.process(part.getValue()));
    }
    try (MemoryWatch watch = new MemoryWatch(processes)) {
      S3MemoryBench bench = new S3MemoryBench(load, watch, processes, progress);
      bench.object("first", bytes / TENTHS);
      bench.object("tenth", bytes / TENTHS);
      bench.object("whole", bytes);
      return bench.json(bytes);
    }
  }

  private void object(String name, long bytes) throws IOException, InterruptedException {
    int from = interval + 1;
    progress.accept(name + ": " + bytes + " bytes are put");
    double put = load.putParts(name, bytes, PART_BYTES, tenths(bytes));
    progress.accept(name + ": they are read");
    double get = load.getLarge(name, bytes, tenths(bytes));
    rates.put(name + "PutMegabytesPerSecond", put / MEGABYTE);
    rates.put(name + "GetMegabytesPerSecond", get / MEGABYTE);
    for (Map.Entry<String, Long> process : processes.entrySet()) {
      ObjectNode of = memory.getOrDefault(process.getKey(), Json.object());
      List<Long> peaks = watch.peaks(process.getKey()).subList(from, interval + 1);
      ArrayNode each = of.putArray(name + "EachTenth");
      peaks.forEach(peak -> each.add(Math.round(peak / MEGABYTE)));
      of.put(name, peaks.stream().mapToLong(peak -> peak).max().orElse(0) / MEGABYTE);
      of.put(name + "HeapInUseAfter", MemoryWatch.liveBytes(process.getValue()) / MEGABYTE);
    }
  }

  /** A new interval for each tenth, from now on. */
  private LongConsumer tenths(long bytes) {
    int first = interval + 1;
    advance(first);
    return done -> advance(first + (int) Math.min(TENTHS - 1, done * TENTHS / bytes));
  }

  private synchronized void advance(int to) {
    while (interval < to) {
      watch.begin();
      interval++;
    }
  }

  private ObjectNode json(long bytes) {
    ObjectNode endpoint = memory.getOrDefault("s3", Json.object());
    double whole = endpoint.path("whole").asDouble();
    double tenth = endpoint.path("tenth").asDouble();
    ObjectNode json =
        Json.object()
            .put("rate", whole)
            .put("limit", tenth)
            .put("ratio", whole / tenth)
            .put("unit", "MB resident at most in the endpoint's process, with a tenth as limit")
            .put("objectBytes", bytes);
    json.setAll(rates);
    memory.forEach((name, of) -> json.set(name + "Megabytes", of));
    return json;
  }
}
