package org.groundwork.networks.storage.wire;

/** How often {@link Packing} goes over its memory for a chunk; the time it takes grows with it. */
public record Passes(int count) {
  public static final int MAX = 1024;

  public Passes {
    if (count < 1 || count > MAX) {
      throw new IllegalArgumentException(count + " passes; from 1 to " + MAX + " are known");
    }
  }
}
