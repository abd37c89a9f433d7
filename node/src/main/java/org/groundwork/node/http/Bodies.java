package org.groundwork.node.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.protocol.Bytes;

/**
 * Reads the bodies of requests: no more than announced, no longer than allowed, and all that are
 * being read together within one bound.
 */
final class Bodies {
  /** However slow the peer. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int CHUNK = 64 << 10;

  private final InstantSource clock;
  private final Semaphore room;

  Bodies(InstantSource clock, int maxBytes) {
    this.clock = clock;
    room = new Semaphore(maxBytes);
  }

  /** What is done with a body. */
  interface Use {
    void accept(Bytes body) throws ApiException, IOException, InterruptedException;
  }

  void read(ServerRequest request, int max, Use use)
      throws ApiException, IOException, InterruptedException {
    OptionalLong length = request.headers().contentLength();
    if (length.isEmpty()) {
      throw new ApiException(ApiError.LENGTH_REQUIRED);
    }
    if (length.getAsLong() > max) {
      throw new ApiException(ApiError.TOO_LARGE, "At most " + max + " bytes are taken.");
    }
    int size = (int) length.getAsLong();
    if (!room.tryAcquire(size)) {
      throw new ApiException(ApiError.BUSY);
    }
    try {
      use.accept(size == 0 ? Bytes.EMPTY : content(request, size));
    } finally {
      room.release(size);
    }
  }

  private Bytes content(ServerRequest request, int size) throws ApiException, IOException {
    Instant deadline = clock.instant().plus(PATIENCE);
    byte[] content = new byte[size];
    int at = 0;
    try (InputStream in = request.content().inputStream()) {
      while (at < size) {
        int read = in.read(content, at, Math.min(CHUNK, size - at));
        if (read < 0) {
          throw new ApiException(ApiError.MALFORMED, "The body is shorter than announced.");
        }
        at += read;
        if (clock.instant().isAfter(deadline)) {
          throw new ApiException(ApiError.TOO_SLOW);
        }
      }
    }
    return Bytes.wrap(content);
  }
}
