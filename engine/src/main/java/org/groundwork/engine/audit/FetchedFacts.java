package org.groundwork.engine.audit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.facts.FactsSource;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.IndexSource;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.protocol.Hash;

/**
 * Fetches and checks all segments that posted indexes list, several at a time, so that the threads
 * that verify signatures never wait for one to be fetched or parsed. One that cannot be had is
 * missed only if the epoch needs it.
 */
final class FetchedFacts implements FactsSource, AutoCloseable {
  /** Segments on their way at once: one is parsed while another one's signatures are verified. */
  private static final int AT_ONCE = 3;

  private final FactsSource source;
  private final ExecutorService threads;
  private final Map<Hash, Future<SegmentFacts>> fetched = new HashMap<>();

  FetchedFacts(ResultPlan plan, IndexSource indexes, FactsSource source) throws IOException {
    this.source = source;
    this.threads =
        Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("fetch-", 0).daemon().factory());
    for (Hash segment : listed(plan, indexes)) {
      fetched.put(segment, threads.submit(() -> source.facts(segment)));
    }
  }

  private static Set<Hash> listed(ResultPlan plan, IndexSource indexes) throws IOException {
    Set<Hash> listed = new LinkedHashSet<>();
    for (EpochPlan epoch : plan.epochs()) {
      for (PostedIndex posted : epoch.posted()) {
        Optional<SegmentIndex> index = indexes.get(posted.index());
        index.ifPresent(
            found -> found.entries().stream().map(IndexEntry::segment).forEach(listed::add));
      }
    }
    return listed;
  }

  @Override
  public SegmentFacts facts(Hash segment) throws IOException {
    Future<SegmentFacts> coming = fetched.get(segment);
    if (coming == null) {
      return source.facts(segment);
    }
    try {
      return coming.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while segments were fetched");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException missing) {
        throw missing;
      }
      throw new IllegalStateException("segment " + segment + " cannot be checked", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
