package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DurableLog;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.Payer;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DealEnd;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Reservation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ends of deals that providers have still to hear of. What is added is on disk and is told
 * again until the provider has heard it or the deal is over by itself. Safe for many threads.
 */
final class Endings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Endings.class);
  private static final int ADDED = 0;
  private static final int DONE = 1;
  private static final int AT_ONCE = 32;

  private final ChainFeed chain;
  private final Payer payer;
  private final Providers providers;
  private final ProviderClient client;
  private final DurableLog log;
  private final Map<Hash, PieceRecord> waiting = new LinkedHashMap<>();

  Endings(Path file, ChainFeed chain, Payer payer, Providers providers, ProviderClient client)
      throws IOException {
    this.chain = chain;
    this.payer = payer;
    this.providers = providers;
    this.client = client;
    DurableLog.Opened opened = DurableLog.open(file);
    log = opened.log();
    for (Bytes record : opened.records()) {
      try {
        restore(new CanonicalReader(record));
      } catch (Malformed e) {
        throw new IOException(file + " is damaged", e);
      }
    }
    log.rewrite(waiting.values().stream().map(Endings::added).toList());
  }

  /** Takes pieces whose deals shall end; they are on disk when this returns. */
  synchronized void add(Collection<PieceRecord> pieces) throws IOException {
    for (PieceRecord piece : pieces) {
      if (waiting.putIfAbsent(piece.deal(), piece) == null) {
        log.append(added(piece));
      }
    }
    log.force();
  }

  /** Tells providers, as far as they answer; answers how many are left to be told. */
  int deliver(SlotNumber now) throws IOException {
    Semaphore slots = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (PieceRecord piece : waiting()) {
        slots.acquireUninterruptibly();
        var _ =
            threads.submit(() -> {
              try {
                deliver(piece, now);
              } finally {
                slots.release();
              }
              return piece;
            });
      }
    }
    return waiting().size();
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }

  private synchronized List<PieceRecord> waiting() {
    return new ArrayList<>(waiting.values());
  }

  private void deliver(PieceRecord piece, SlotNumber now) throws IOException {
    if (piece.dealEnd().compareTo(now) <= 0) {
      done(piece);
      return;
    }
    Optional<ListedDevice> device = providers.device(piece.device());
    if (device.isEmpty() || !providers.isAnswering(piece.device())) {
      return;
    }
    DealEnd end = new DealEnd(chain.domain().deployment(), piece.deal());
    try {
      client.end(device.get().endpoint(), piece.deal(), payer.sign(end));
    } catch (ProviderException e) {
      if (e.isPassing() && !e.code().equals("deal.unpromised")) {
        return;
      }
      LOG.debug("Device {} said to the end of a deal: {}", piece.device(), e.getMessage());
    } catch (IOException e) {
      LOG.info("Device {} hears of the end of a deal later: {}", piece.device(), e.toString());
      providers.failed(piece.device());
      return;
    }
    giveBack(piece, now);
    done(piece);
  }

  /** From the next epoch on nothing is charged. */
  private void giveBack(PieceRecord piece, SlotNumber now) throws IOException {
    EpochNumber next = chain.schedule().epochOf(now).next();
    long slots = piece.dealEnd().value() - chain.schedule().firstSlot(next).value();
    Optional<Reservation> reservation = chain.reservation(piece.reservation());
    if (slots > 0 && reservation.isPresent()) {
      payer.giveBack(
          reservation.get(), new Credits(piece.rate().value().multiply(BigInteger.valueOf(slots))));
    }
  }

  private synchronized void done(PieceRecord piece) throws IOException {
    if (waiting.remove(piece.deal()) != null) {
      log.append(new CanonicalWriter().u8(DONE).hash(piece.deal()).toBytes());
      log.force();
    }
  }

  private void restore(CanonicalReader in) throws Malformed {
    if (in.u8() == ADDED) {
      PieceRecord piece = PieceRecord.read(in);
      waiting.put(piece.deal(), piece);
    } else {
      waiting.remove(in.hash());
    }
    in.end();
  }

  private static Bytes added(PieceRecord piece) {
    CanonicalWriter out = new CanonicalWriter().u8(ADDED);
    piece.write(out);
    return out.toBytes();
  }
}
