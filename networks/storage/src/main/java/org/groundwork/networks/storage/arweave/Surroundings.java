package org.groundwork.networks.storage.arweave;

import java.io.IOException;
import org.groundwork.protocol.Credits;

/** What permanent storage asks of the network around it. */
public interface Surroundings {
  /** The slot of this moment. */
  long slot();

  /**
   * What providers ask for a GiB and slot today.
   *
   * @throws IOException if none of them answers
   */
  Credits price() throws IOException;
}
