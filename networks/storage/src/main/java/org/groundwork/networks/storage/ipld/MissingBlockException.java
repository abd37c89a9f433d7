package org.groundwork.networks.storage.ipld;

import java.io.IOException;

/** A block that is not here. */
public final class MissingBlockException extends IOException {
  private static final long serialVersionUID = 1L;

  MissingBlockException(Cid cid) {
    super("The block " + cid + " is not here.");
  }
}
