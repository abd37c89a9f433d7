package org.groundwork.networks.storage.s3;

import java.util.Optional;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.wire.Passes;

/**
 * What a bucket says of how its objects are kept.
 *
 * @param shape any {@code data} of {@code total} pieces give the bytes back; empty for the usual
 *     one
 * @param packing each piece is packed for the device that holds it; empty for plain pieces
 */
public record Coding(Optional<Shape> shape, Optional<Passes> packing) {
  /** As everything is of which nothing is said. */
  public static final Coding USUAL = new Coding(Optional.empty(), Optional.empty());
}
