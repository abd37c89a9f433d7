package org.groundwork.simulator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.node.Retention;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Gateway;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.crypto.AccountKey;

/** A machine that runs a gateway. */
final class GatewayMachine extends Machine {
  private final AccountKey key;
  private Optional<Gateway> part = Optional.empty();

  GatewayMachine(String name, World world) {
    super(name, world);
    key = Names.account(world.seed(), name);
  }

  AccountKey key() {
    return key;
  }

  Gateway part() {
    return part.orElseThrow();
  }

  List<Answer> admit(List<Report> reports) throws InterruptedException {
    return part().admit(reports);
  }

  @Override
  void boot(SimTasks tasks) throws IOException {
    Gateway gateway =
        new Gateway(
            disk().root(),
            new FolderStore(disk().root()),
            key,
            GatewayLimits.DEFAULT,
            Retention.DEFAULT,
            new ChainView(world(), this),
            world().directory().registry(),
            world().pool(),
            world().links().of(this),
            tasks,
            world().agenda(),
            new SimpleMeterRegistry());
    part = Optional.of(gateway);
    gateway.start();
  }
}
