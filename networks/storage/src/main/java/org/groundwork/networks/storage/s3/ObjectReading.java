package org.groundwork.networks.storage.s3;

import java.util.List;

/** An object whose bytes stay at the store until this is closed, whatever happens to its name. */
final class ObjectReading implements AutoCloseable {
  private final DurableMaps maps;
  private final Blobs blobs;
  private final ObjectRecord object;
  private final List<Stored> stored;
  private boolean closed;

  /** Called inside a change or a look of the maps. */
  ObjectReading(DurableMaps maps, Blobs blobs, ObjectRecord object) {
    this.maps = maps;
    this.blobs = blobs;
    this.object = object;
    stored = blobs.beginReading(object.blobs());
  }

  ObjectRecord object() {
    return object;
  }

  /** In the order of the object's blobs. */
  List<Stored> stored() {
    return stored;
  }

  @Override
  public void close() {
    maps.run(() -> {
      if (!closed) {
        blobs.endReading(object.blobs());
        closed = true;
      }
    });
  }
}
