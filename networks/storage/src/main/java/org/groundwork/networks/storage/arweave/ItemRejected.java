package org.groundwork.networks.storage.arweave;

import java.io.IOException;

/** Why an upload is not taken. The message is shown to the uploader. */
final class ItemRejected extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ItemRejected(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
