package org.groundwork.networks.storage.erasure;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the erasure code that this machine does fastest. */
public final class ErasureCodes {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureCodes.class);

  private ErasureCodes() {}

  /** ISA-L where it is installed, pure Java elsewhere. */
  public static ErasureCode best() {
    return Best.CODE;
  }

  /** ISA-L, if it is installed. */
  public static Optional<IsaLErasureCode> isaL() {
    return isaL(IsaL.LIBRARY);
  }

  static Optional<IsaLErasureCode> isaL(String library) {
    try {
      return Optional.of(new IsaLErasureCode(IsaL.load(library)));
    } catch (IllegalArgumentException | NoSuchElementException | IllegalCallerException e) {
      // Not installed; without the functions; or this JVM denies native access.
      LOG.info("Erasure code in pure Java: {} cannot be used ({})", library, e.getMessage());
      return Optional.empty();
    }
  }

  private static final class Best {
    static final ErasureCode CODE = isaL().<ErasureCode>map(c -> c).orElseGet(JavaErasureCode::new);
  }
}
