package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.OutboxFull;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the openings and ends of deals, and writes what was promised into the book, which is also
 * what keeps them until then.
 */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  private final Outbox outbox;
  private final DealBook book;
  private final Map<Hash, CompletableFuture<Promise>> opening = new ConcurrentHashMap<>();
  private final Map<Hash, CompletableFuture<Promise>> ending = new ConcurrentHashMap<>();

  Reporter(Outbox outbox, DealBook book) {
    this.outbox = outbox;
    this.book = book;
  }

  private interface Noting {
    void note(Outbox.Sent sent) throws IOException;
  }

  /** Reports a deal of the book; the same future while the report is under way. */
  CompletableFuture<Promise> open(DealBook.Entry entry) throws IOException, OutboxFull {
    Hash id = entry.held().id();
    return submit(
        opening,
        id,
        new StorageReport.DealOpened(entry.signed()).encode(),
        sent -> book.promised(id, sent.promise(), sent.sequence().epoch()));
  }

  CompletableFuture<Promise> end(Hash id, Bytes signature) throws IOException, OutboxFull {
    return submit(
        ending,
        id,
        new StorageReport.DealEnded(id, signature).encode(),
        sent -> book.ended(id, sent.sequence().epoch()));
  }

  /** Whether a report about a deal waits for its promise. */
  boolean isUnderWay(Hash id) {
    return opening.containsKey(id) || ending.containsKey(id);
  }

  private CompletableFuture<Promise> submit(
      Map<Hash, CompletableFuture<Promise>> underWay, Hash id, Bytes payload, Noting noting)
      throws IOException, OutboxFull {
    CompletableFuture<Promise> mine = new CompletableFuture<>();
    CompletableFuture<Promise> there = underWay.putIfAbsent(id, mine);
    if (there != null) {
      return there;
    }
    try {
      Future<Outbox.Sent> promised = outbox.submitKept(payload);
      Thread.ofVirtual()
          .name("promise")
          .start(() -> await(promised, noting, mine, () -> underWay.remove(id)));
      return mine;
    } catch (IOException | OutboxFull e) {
      underWay.remove(id);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static void await(
      Future<Outbox.Sent> promised, Noting noting, CompletableFuture<Promise> mine, Runnable done) {
    try {
      Outbox.Sent sent = promised.get();
      noting.note(sent);
      mine.complete(sent.promise());
    } catch (ExecutionException e) {
      mine.completeExceptionally(e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      LOG.error("A promise cannot be written down: {}", e.toString());
      mine.completeExceptionally(e);
    } catch (InterruptedException e) {
      mine.completeExceptionally(e);
      Thread.currentThread().interrupt();
    } finally {
      done.run();
    }
  }
}
