package org.groundwork.node.store;

import org.groundwork.engine.store.Store;

/** A store, and what closes it. */
public record OpenStore(Store store, Runnable closing) implements AutoCloseable {
  /** A store that needs no closing. */
  public static OpenStore of(Store store) {
    return new OpenStore(store, () -> {});
  }

  @Override
  public void close() {
    closing.run();
  }
}
