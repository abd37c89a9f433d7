package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A range of an object, written from the blobs that it runs through. */
record ObjectSource(ObjectReading reading, ObjectStore store, ByteRange range)
    implements Answer.Source {

  @Override
  public void writeTo(OutputStream out) throws IOException, ObjectStoreException {
    long skip = range.from();
    long left = range.length();
    List<Stored> blobs = reading.stored();
    for (int i = 0; i < blobs.size() && left > 0; i++) {
      Stored blob = blobs.get(i);
      long length = Math.min(blob.length() - skip, left);
      if (length > 0) {
        store.read(blob, skip, length, out);
        left -= length;
      }
      skip = Math.max(0, skip - blob.length());
    }
    if (left > 0) {
      throw new IllegalStateException("an object ends " + left + " bytes early");
    }
  }

  @Override
  public void close() {
    reading.close();
  }
}
