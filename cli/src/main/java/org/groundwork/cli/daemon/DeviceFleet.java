package org.groundwork.cli.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Greeter;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.OutboxFull;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.DeviceKey;

/** Many devices of one network in one process; each with an outbox of its own. */
public final class DeviceFleet implements AutoCloseable {
  private static final Duration GREETING = Duration.ofSeconds(1);

  private final SortedMap<DeviceId, Outbox> outboxes = new TreeMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Greeter> greeters = new ArrayList<>();
  private final Worker greeting = new Worker("hello", GREETING, this::greet);

  /** A device, and whose it is. */
  public record Member(DeviceId id, DeviceKey key, AccountId owner) {}

  /** Opens the devices' folders below one folder, and begins to say Hello. */
  public DeviceFleet(ChainLink link, NetworkId network, Path folder, List<Member> members)
      throws IOException {
    InstantSource clock = InstantSource.system();
    ResultsCarry carry = new ResultsCarry(link, network);
    for (Member member : members) {
      OwnDevice device =
          new OwnDevice(
              new DeviceIdentity(
                  link.deployment().domain().deployment(), network, member.id(), member.key()),
              member.owner());
      Path own = Files.createDirectories(folder.resolve(member.id().toString()));
      Outbox outbox = device.outbox(link, own, clock);
      outboxes.put(member.id(), outbox);
      greeters.add(device.greeter(link, outbox, carry, clock));
    }
    outboxes.values().forEach(Outbox::start);
    greeting.start();
  }

  private boolean greet() throws IOException, InterruptedException {
    List<Future<Boolean>> greeted = new ArrayList<>();
    for (Greeter greeter : greeters) {
      greeted.add(threads.submit(greeter::step));
    }
    for (Future<Boolean> each : greeted) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
    return false;
  }

  /** Takes payloads, one for each device, and returns when all are durable here. */
  public void submit(SortedMap<DeviceId, Bytes> payloads) throws IOException, InterruptedException {
    List<Future<Boolean>> taken = new ArrayList<>();
    payloads.forEach((device, payload) -> taken.add(threads.submit(() -> take(device, payload))));
    for (Future<Boolean> each : taken) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
  }

  private boolean take(DeviceId device, Bytes payload) throws IOException, OutboxFull {
    Outbox outbox = outboxes.get(device);
    if (outbox == null) {
      throw new IllegalArgumentException("no device " + device);
    }
    var _ = outbox.submit(payload, Outbox.Lifetime.EPOCH);
    return true;
  }

  @Override
  public void close() throws IOException {
    greeting.close();
    threads.shutdownNow();
    for (Outbox outbox : outboxes.values()) {
      outbox.close();
    }
  }
}
