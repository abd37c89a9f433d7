package org.groundwork.networks.storage.customer;

import java.io.IOException;
import org.groundwork.protocol.Bytes;

/** What a gateway knows besides its keys, as sorted entries: all of it, at one moment. */
public interface MetadataSource {
  /** Takes entries in the order of their space, then their key. */
  interface Sink {
    void entry(String space, Bytes key, Bytes value) throws IOException;
  }

  /** A number that is another one after every change. */
  long version();

  void writeTo(Sink sink) throws IOException;
}
