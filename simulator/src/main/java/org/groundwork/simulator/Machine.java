package org.groundwork.simulator;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.groundwork.simulator.disk.Crashed;
import org.groundwork.simulator.disk.SimDisk;

/** One process with its disk: it starts, crashes, and starts again on what its disk kept. */
abstract class Machine {
  private final String name;
  private final World world;
  private final SimDisk disk;
  private boolean up;
  private int lives;

  Machine(String name, World world) {
    this.name = name;
    this.world = world;
    boolean forgetful = this instanceof GatewayMachine && world.canary(Canary.FORGETFUL_DISK);
    disk = new SimDisk(new Dice(world.seed(), "disk of " + name), forgetful);
  }

  final String name() {
    return name;
  }

  final World world() {
    return world;
  }

  final SimDisk disk() {
    return disk;
  }

  final boolean isUp() {
    return up;
  }

  /** How often it was started; tasks of an earlier life do not run. */
  final int life() {
    return lives;
  }

  /** Opens what the disk holds, and starts its tasks. */
  abstract void boot(SimTasks tasks) throws IOException;

  final void start() {
    if (up) {
      return;
    }
    up = true;
    lives++;
    world.agenda().note(name + " starts");
    try {
      boot(new SimTasks(this));
    } catch (Crashed e) {
      crash();
    } catch (IOException e) {
      throw new Violation(
          Invariant.NO_BUGS, name + " does not start after a crash: " + e.getMessage(), e);
    }
  }

  /** Dies at once; comes back by itself after a while. */
  final void crash() {
    if (!up) {
      return;
    }
    up = false;
    disk.crash();
    world.agenda().note(name + " crashed");
    world.faults().restartLater(this);
  }

  /** Runs what somebody else asked this machine for; a crash in it is nobody else's. */
  final <T> T serve(Callable<T> work) throws Exception {
    if (!up) {
      throw new IOException(name + " is down");
    }
    try {
      return work.call();
    } catch (Crashed | RuntimeException e) {
      if (Crashed.isBehind(e)) {
        crash();
        throw new IOException(name + " went down", e);
      }
      throw e;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
