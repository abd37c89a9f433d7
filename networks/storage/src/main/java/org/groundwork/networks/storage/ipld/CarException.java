package org.groundwork.networks.storage.ipld;

import java.io.IOException;

/** A CAR file that is not one, or is damaged. The message names the place. */
public final class CarException extends IOException {
  private static final long serialVersionUID = 1L;

  CarException(String message) {
    super(message);
  }
}
