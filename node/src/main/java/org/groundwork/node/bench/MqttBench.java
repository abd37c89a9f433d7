package org.groundwork.node.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.groundwork.agent.DeviceToken;
import org.groundwork.node.http.TlsFiles;
import org.groundwork.node.mqtt.MqttClient;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.crypto.VerifyBench;
import org.groundwork.settlement.time.Time;

/**
 * What a gateway with its MQTT broker needs for many devices: they connect from another process,
 * each reports once a minute, and then all together as fast as they are answered. All reports are
 * signed before they are sent; both processes share the machine.
 */
public final class MqttBench {
  /** Below the 256 of one address that may log in at once. */
  private static final int LOGINS_UNDER_WAY = 200;

  private static final int REPORTS_UNDER_WAY = 4_096;
  private static final int HEAP_MEGABYTES = 512;
  private static final int SECONDS_PER_MINUTE = 60;
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int devices;
  private final int seconds;
  private final int reports;
  private final Workload workload;
  private final EpochSchedule schedule =
      new EpochSchedule(Time.system().instant().getEpochSecond() - 1, 1, 100_000, 1);
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private int next;

  private MqttBench(int devices, int seconds, int reports) {
    this.devices = devices;
    this.seconds = seconds;
    this.reports = reports;
    workload = new Workload(devices);
  }

  /**
   * What was measured.
   *
   * @param rate reports a second at full speed
   * @param limit signatures a second that the library alone verifies on all cores
   * @param loginsPerSecond while all connected
   * @param load reports a second of the quiet phase
   * @param quietCores cores that the gateway's process used in it
   * @param quietMegabytes resident memory of the gateway's process after it
   * @param peakMegabytes its highest resident memory, with full speed
   */
  public record Result(
      double rate,
      double limit,
      int devices,
      double loginsPerSecond,
      double load,
      double p50Millis,
      double p99Millis,
      double maxMillis,
      double quietCores,
      long quietMegabytes,
      long peakMegabytes) {}

  /**
   * Measures.
   *
   * @param seconds of the quiet phase, at one report a minute of each device
   * @param reports at full speed
   * @param tls whether the connections have it
   */
  public static Result run(int devices, int seconds, int reports, boolean tls)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "bench-mqtt");
    MqttBench bench = new MqttBench(devices, seconds, reports);
    List<String> arguments =
        new ArrayList<>(List.of(folder.toString(), "" + bench.schedule.genesis(), "" + devices));
    Optional<SslContext> trust = Optional.empty();
    if (tls) {
      TlsFiles files = SelfSigned.make(folder);
      arguments.addAll(List.of(files.certificates().toString(), files.key().toString()));
      trust =
          Optional.of(
              SslContextBuilder.forClient().trustManager(files.certificates().toFile()).build());
    }
    Process gateway =
        JavaProcess.start(
            MqttGatewayProcess.class,
            List.of("-Xmx" + HEAP_MEGABYTES + "m", "-XX:+UseSerialGC"),
            arguments);
    try {
      URI uri = URI.create(String.valueOf(gateway.inputReader(StandardCharsets.UTF_8).readLine()));
      return bench.measure(gateway, uri, trust);
    } finally {
      JavaProcess.kill(gateway);
      var _ = bench.threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
      IngestBench.delete(folder);
    }
  }

  private Result measure(Process gateway, URI uri, Optional<SslContext> tls)
      throws IOException, InterruptedException {
    List<String> tokens = tokens();
    long start = System.nanoTime();
    List<MqttClient> clients = connect(uri, tls, tokens);
    double logins = devices * NANOS / (System.nanoTime() - start);
    double load = (double) devices / SECONDS_PER_MINUTE;
    List<Report> quiet = sign((int) (load * seconds));
    Duration before = processor(gateway);
    long[] nanos = pace(clients, quiet, load);
    double cores = (double) processor(gateway).minus(before).toMillis() / 1000 / seconds;
    long resident = megabytes(gateway, "VmRSS");
    double limit = new VerifyBench.Limit().measure().perSecond();
    double rate = fullSpeed(clients, sign(reports));
    Arrays.sort(nanos);
    return new Result(
        rate,
        limit,
        devices,
        logins,
        load,
        nanos[nanos.length / 2] / NANOS_PER_MILLI,
        nanos[(int) (nanos.length * 99L / 100)] / NANOS_PER_MILLI,
        nanos[nanos.length - 1] / NANOS_PER_MILLI,
        cores,
        resident,
        megabytes(gateway, "VmHWM"));
  }

  private List<String> tokens() {
    var expires = Time.system().instant().plus(Duration.ofHours(1));
    List<String> tokens = new ArrayList<>(devices);
    for (int i = 0; i < devices; i++) {
      tokens.add(
          new DeviceToken(Workload.DOMAIN.deployment(), workload.id(i), expires)
              .sign(workload.key(i)));
    }
    return tokens;
  }

  private List<MqttClient> connect(URI uri, Optional<SslContext> tls, List<String> tokens)
      throws IOException, InterruptedException {
    InetSocketAddress broker = new InetSocketAddress(uri.getHost(), uri.getPort());
    Semaphore window = new Semaphore(LOGINS_UNDER_WAY);
    MqttClient[] clients = new MqttClient[devices];
    AtomicInteger failed = new AtomicInteger();
    for (int i = 0; i < devices; i++) {
      window.acquire();
      int device = i;
      String user = workload.id(i).toString();
      var _ =
          MqttClient.connect(
                  threads,
                  new MqttClient.Login(broker, tls, "d" + i, user, tokens.get(i), Optional.empty()))
              .whenComplete((client, failure) -> {
                if (failure == null) {
                  clients[device] = client;
                } else {
                  failed.incrementAndGet();
                }
                window.release();
              });
    }
    await(window, LOGINS_UNDER_WAY);
    if (failed.get() > 0) {
      throw new IOException(failed + " of " + devices + " devices could not connect");
    }
    return List.of(clients);
  }

  private List<Report> sign(int count) {
    List<Report> signed = workload.reports(EpochNumber.FIRST, next, count);
    next += count;
    return signed;
  }

  /** Sends so many a second, whatever the gateway does; nanoseconds to each acknowledgement. */
  private long[] pace(List<MqttClient> clients, List<Report> paced, double load)
      throws IOException, InterruptedException {
    long[] nanos = new long[paced.size()];
    Semaphore done = new Semaphore(0);
    AtomicInteger refused = new AtomicInteger();
    long start = System.nanoTime();
    for (int i = 0; i < paced.size(); i++) {
      long due = start + (long) (i * NANOS / load);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      int at = i;
      publish(
          clients,
          paced.get(i),
          () -> {
            nanos[at] = System.nanoTime() - due;
            done.release();
          },
          refused);
    }
    await(done, paced.size());
    check(refused);
    return nanos;
  }

  private double fullSpeed(List<MqttClient> clients, List<Report> all)
      throws IOException, InterruptedException {
    Semaphore window = new Semaphore(REPORTS_UNDER_WAY);
    AtomicInteger refused = new AtomicInteger();
    long start = System.nanoTime();
    for (Report report : all) {
      window.acquire();
      publish(clients, report, window::release, refused);
    }
    await(window, REPORTS_UNDER_WAY);
    check(refused);
    return all.size() * NANOS / (System.nanoTime() - start);
  }

  private void publish(
      List<MqttClient> clients, Report report, Runnable done, AtomicInteger refused) {
    ReportBody body = workload.body(report);
    String topic = "groundwork/" + body.network().value() + "/" + body.device() + "/report";
    Bytes payload = report.encode();
    var _ =
        clients
            .get((int) body.device().value() - 1)
            .publish(topic, payload, false)
            .whenComplete((answer, failure) -> {
              if (failure != null || answer.code() != 0) {
                refused.incrementAndGet();
              }
              done.run();
            });
  }

  private static void await(Semaphore permits, int count) throws IOException, InterruptedException {
    if (!permits.tryAcquire(count, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("the broker did not answer everything in time");
    }
  }

  private static void check(AtomicInteger refused) throws IOException {
    if (refused.get() > 0) {
      throw new IOException(refused + " good reports were refused");
    }
  }

  private static Duration processor(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** A line of Linux's status of a process, which is in KiB. */
  private static long megabytes(Process process, String name) throws IOException {
    return Files.readAllLines(Path.of("/proc", "" + process.pid(), "status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(digits -> Long.parseLong(digits) >> 10)
        .findFirst()
        .orElseThrow(() -> new IOException("the system does not tell " + name));
  }
}
