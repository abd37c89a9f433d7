package org.groundwork.node;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.node.wire.ReportStreamClient;
import org.groundwork.protocol.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream to each gateway that offers them, opened when it is first wanted. A stream that fails
 * is no failure of the gateway: whoever asked sends the same reports by a request, and the promises
 * are the same.
 */
final class ReportStreams {
  private static final Logger LOG = LoggerFactory.getLogger(ReportStreams.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** After a failure so many messages go by requests before a stream is tried again. */
  private static final int PENALTY = 20;

  private final HttpPeers peers;

  // Guarded by this.
  private final Map<String, ReportStreamClient> open = new HashMap<>();
  private final Map<String, Integer> penalties = new HashMap<>();

  ReportStreams(HttpPeers peers) {
    this.peers = peers;
  }

  /** The answers to encoded reports; empty if they have to go by a request. */
  Optional<Bytes> ask(String endpoint, Bytes reports) throws IOException {
    Optional<ReportStreamClient> stream = stream(endpoint);
    if (stream.isEmpty()) {
      return Optional.empty();
    }
    try {
      Future<Bytes> answers = stream.get().send(reports);
      return Optional.of(answers.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (IOException | ExecutionException | TimeoutException e) {
      giveUp(endpoint, stream.get(), e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + endpoint + " was asked");
    }
  }

  private synchronized Optional<ReportStreamClient> stream(String endpoint) {
    ReportStreamClient known = open.get(endpoint);
    if (known != null && known.isOpen()) {
      return Optional.of(known);
    }
    open.remove(endpoint);
    int penalty = penalties.getOrDefault(endpoint, 0);
    if (penalty > 0) {
      penalties.put(endpoint, penalty - 1);
      return Optional.empty();
    }
    try {
      ReportStreamClient opened = peers.stream(endpoint);
      open.put(endpoint, opened);
      return Optional.of(opened);
    } catch (IOException e) {
      LOG.debug("{} offers no stream: {}", endpoint, e.toString());
      penalties.put(endpoint, PENALTY);
      return Optional.empty();
    }
  }

  private synchronized void giveUp(String endpoint, ReportStreamClient failed, Exception cause) {
    LOG.debug("The stream to {} failed: {}", endpoint, cause.toString());
    failed.close();
    if (open.remove(endpoint, failed)) {
      penalties.put(endpoint, PENALTY);
    }
  }
}
