package org.groundwork.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong, when, and for how long. Everything heals when the time of faults is over. */
final class Faults {
  private static final long LONGEST_OUTAGE = 4000;

  private final World world;
  private final Scenario scenario;
  private final Dice dice;
  private final long end;

  Faults(World world, Scenario scenario) {
    this.world = world;
    this.scenario = scenario;
    dice = new Dice(scenario.seed(), "faults");
    end = world.agenda().millis() + scenario.millis() * 6 / 10;
  }

  void start() {
    world.agenda().after(dice.between(0, scenario.faultEveryMillis()), this::strike);
    world.agenda().after(end - world.agenda().millis(), this::heal);
  }

  boolean isOver() {
    return world.agenda().millis() >= end;
  }

  int loss() {
    return isOver() ? 0 : scenario.loss();
  }

  int delay() {
    return isOver() ? 0 : scenario.delay();
  }

  int duplication() {
    return isOver() ? 0 : scenario.duplication();
  }

  int reorganisation() {
    return isOver() ? 0 : scenario.reorganisation();
  }

  /** A machine that crashed comes back after a while; some gateways only after their deadline. */
  void restartLater(Machine machine) {
    boolean grave = !isOver() && machine instanceof GatewayMachine && dice.happens(1000);
    long away = grave ? dice.between(20_000, 50_000) : dice.between(100, LONGEST_OUTAGE);
    world.agenda().after(isOver() ? 100 : away, machine::start);
  }

  private void strike() {
    if (isOver()) {
      return;
    }
    switch (dice.below(8)) {
      case 0, 1 -> dice.oneOf(world.machines()).crash();
      case 2, 3, 4 -> {
        Machine machine = dice.oneOf(world.machines());
        if (machine.isUp()) {
          machine.disk().crashAfter(1 + dice.below(40));
        }
      }
      case 5, 6 -> partition();
      default -> doubt();
    }
    world.agenda().after(dice.between(500, scenario.faultEveryMillis()), this::strike);
  }

  private void partition() {
    List<Machine> cut = new ArrayList<>();
    for (Machine machine : world.machines()) {
      if (dice.happens(2500)) {
        cut.add(machine);
      }
    }
    world.agenda().note("apart: " + cut);
    world.links().cutOff(cut);
    world
        .agenda()
        .after(
            dice.between(500, LONGEST_OUTAGE),
            () -> {
              world.links().cutOff(List.of());
              world.agenda().note("together again");
            });
  }

  /** The council voids what is not final. */
  private void doubt() {
    if (!dice.happens(4000)) {
      return;
    }
    try {
      world
          .chain()
          .send(
              new Contract.Transaction() {
                @Override
                public void apply(Contract contract, long now) throws IOException {
                  contract.voidLast();
                }

                @Override
                public String what() {
                  return "council voids results";
                }
              });
    } catch (IOException e) {
      // There was nothing to void.
    }
  }

  private void heal() {
    world.agenda().note("faults are over");
    world.links().cutOff(List.of());
    world
        .machines()
        .forEach(machine -> {
          machine.disk().crashAfter(Integer.MAX_VALUE);
          machine.start();
        });
  }
}
