package org.groundwork.networks.storage.s3;

/**
 * Why an {@link ObjectStore} cannot do what it was asked to. The message is shown to the customer.
 */
public abstract sealed class ObjectStoreException extends Exception {
  private ObjectStoreException(String message) {
    super(message);
  }

  /** Too few providers answer to write or to read. It may pass: clients should try again. */
  public static final class NotEnoughProviders extends ObjectStoreException {
    private final int alive;
    private final int needed;

    /**
     * @param alive how many pieces (when reading) or providers (when writing) could be reached
     * @param needed how many it takes
     */
    public NotEnoughProviders(int alive, int needed) {
      super(
          "Only "
              + alive
              + " of the "
              + needed
              + " storage providers that this object needs can be reached; try again later.");
      this.alive = alive;
      this.needed = needed;
    }

    public int alive() {
      return alive;
    }

    public int needed() {
      return needed;
    }
  }

  /** The providers have no room for more bytes. */
  public static final class StorageFull extends ObjectStoreException {
    public StorageFull(String message) {
      super(message);
    }
  }

  /** The credits reserved for storage do not pay for this. */
  public static final class ReservationExhausted extends ObjectStoreException {
    public ReservationExhausted(String message) {
      super(message);
    }
  }

  /** Enough providers answered, but what they gave is not what was stored. */
  public static final class Corrupted extends ObjectStoreException {
    public Corrupted(String message) {
      super(message);
    }
  }
}
