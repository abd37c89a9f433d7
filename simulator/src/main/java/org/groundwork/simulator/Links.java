package org.groundwork.simulator;

import java.io.IOException;
import java.util.Comparator;
import java.util.TreeSet;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.PeerException;
import org.groundwork.node.wire.Peers;

/**
 * The network between machines. A call reaches its peer, or is lost; its answer may be lost; it may
 * arrive again, or only after the caller gave up.
 */
final class Links {
  private static final long PATIENCE = 3000;

  private final World world;
  private final Dice dice;
  private final TreeSet<Machine> apart = new TreeSet<>(Comparator.comparing(Machine::name));
  private long spent;

  Links(World world) {
    this.world = world;
    dice = new Dice(world.seed(), "links");
  }

  /** One call of a peer. */
  interface Call<T> {
    T run() throws IOException, ApiException, InterruptedException;
  }

  /** The other machines, as one of them reaches them. */
  Peers of(Machine caller) {
    return endpoint -> new SimPeer(this, caller, world.verifierOrGateway(endpoint));
  }

  /** Milliseconds that the calls of the event of the moment took; asked once for each event. */
  long spent() {
    long sum = spent;
    spent = 0;
    return sum;
  }

  /** Says that calls of the event of the moment took so many milliseconds. */
  void spend(long millis) {
    spent += millis;
  }

  /** From now on these machines do not reach the others. */
  void cutOff(java.util.Collection<? extends Machine> machines) {
    apart.clear();
    apart.addAll(machines);
  }

  boolean isApart(Machine machine) {
    return apart.contains(machine);
  }

  private boolean reaches(Machine from, Machine to) {
    return apart.contains(from) == apart.contains(to) && to.isUp();
  }

  <T> T call(Machine from, Machine to, String what, Call<T> call) throws IOException {
    Faults faults = world.faults();
    if (!reaches(from, to) || dice.happens(faults.loss())) {
      spent += PATIENCE;
      throw new IOException(to + " does not answer");
    }
    if (dice.happens(faults.delay())) {
      later(to, dice.between(PATIENCE, 4 * PATIENCE), call);
      spent += PATIENCE;
      throw new IOException(to + " does not answer in time");
    }
    spent += dice.between(1, 40);
    T answer = deliver(to, call);
    if (dice.happens(faults.duplication())) {
      later(to, dice.between(1, 2 * PATIENCE), call);
    }
    if (dice.happens(faults.loss())) {
      spent += PATIENCE;
      throw new IOException("the answer of " + to + " was lost");
    }
    world.agenda().note(from + " -> " + to + ": " + what);
    return answer;
  }

  private <T> void later(Machine to, long millis, Call<T> call) {
    world
        .agenda()
        .after(
            millis,
            () -> {
              try {
                deliver(to, call);
              } catch (IOException e) {
                // Nobody waits for the answer any more.
              }
            });
  }

  private static <T> T deliver(Machine to, Call<T> call) throws IOException {
    try {
      return to.serve(call::run);
    } catch (ApiException e) {
      throw new PeerException(e.error().status(), e.error().code(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      if (to.isUp()) {
        throw new PeerException(500, "failed", to + " failed: " + e.getMessage());
      }
      throw e;
    } catch (Violation e) {
      throw e;
    } catch (Exception e) {
      throw new Violation(Invariant.NO_BUGS, to + " failed a request with " + e, e);
    }
  }
}
