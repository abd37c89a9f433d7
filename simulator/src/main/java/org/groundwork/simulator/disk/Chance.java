package org.groundwork.simulator.disk;

/** Seeded choices of what survives a crash. */
public interface Chance {
  /** A number from 0 to {@code bound - 1}. */
  int below(int bound);
}
