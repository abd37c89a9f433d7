package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;

/** Weather over a town, the same for all stations but for the noise of their sensors. */
final class Weather {
  private static final int DAY = 480;
  private static final int STEPS = 4000;
  private static final List<List<Long>> WALK = walk();

  private Weather() {}

  /** What a station outdoors sends. */
  static LongFunction<Bytes> station(long seed) {
    return step -> Fleet.reading(step, at(step, seed));
  }

  /** What its sensors show at a step. */
  static List<Long> at(long step, long seed) {
    List<Long> real = WALK.get((int) (step % STEPS));
    Random noise = Fleet.random("station " + seed + " step ", step);
    return List.of(
        real.get(0) + between(noise, 2),
        Math.clamp(real.get(1) + between(noise, 1), 0L, 100L),
        real.get(2) + between(noise, 10),
        Math.max(0L, real.get(3) + between(noise, 40)),
        Math.floorMod(real.get(4) + between(noise, 12), 360L),
        Math.max(0L, real.get(5) + between(noise, 20_000)),
        real.get(6));
  }

  /** The true temperature at the beginning of so many epochs. */
  static List<Long> temperatures(EpochNumber first, int epochs) {
    return IntStream.range(0, epochs)
        .mapToObj(i -> WALK.get((int) (Fleet.step(first) + (long) i * Fleet.STEPS)).get(0))
        .toList();
  }

  private static List<List<Long>> walk() {
    Random random = new Random(1);
    List<List<Long>> walk = new ArrayList<>();
    long[] now = {0, 0, 99_000, 300, 180, 0, 0};
    for (int step = 0; step < STEPS; step++) {
      long fromNoon = Math.abs(step % DAY - DAY / 2);
      now[0] = Math.clamp(now[0] + between(random, 2), -20, 20);
      now[2] = Math.clamp(now[2] + between(random, 5), 98_000, 100_000);
      now[3] = Math.clamp(now[3] + between(random, 30), 0, 900);
      now[4] = Math.floorMod(now[4] + between(random, 15), 360L);
      now[6] += random.nextInt(50) == 0 ? 254 : 0;
      walk.add(
          List.of(
              230 - fromNoon / 2 + now[0],
              50 + fromNoon / 8 - now[0] / 10,
              now[2],
              now[3],
              now[4],
              Math.max(0L, 600_000 - fromNoon * 4000),
              now[6]));
    }
    return walk;
  }

  private static long between(Random random, long bound) {
    return random.nextLong(2 * bound + 1) - bound;
  }
}
