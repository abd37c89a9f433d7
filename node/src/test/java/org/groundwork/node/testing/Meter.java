package org.groundwork.node.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.groundwork.agent.Gateways;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;

/** A device of the counter network that sends readings for ever and remembers each promise. */
public final class Meter implements AutoCloseable {
  private final LocalNetwork local;
  private final Gateways gateways;
  private final AccountKey owner;
  private final DeviceKey key;
  private final DeviceId id;
  private final Worker worker;
  private final List<Bytes> pending = new ArrayList<>();
  private final Set<Hash> promised = new HashSet<>();
  private EpochNumber epoch = EpochNumber.FIRST;
  private long counter;
  private long reading;

  public Meter(LocalNetwork local, String name) throws IOException {
    this.local = local;
    gateways = local.gateways();
    owner = Reporter.account("owner of " + name);
    key =
        DeviceKey.fromSecret(
            KeyType.ED25519,
            Sha256.hash(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toArray());
    local.fund(owner, LocalNetwork.tokens(1));
    id = local.register(owner, key);
    worker = new Worker(name, java.time.Duration.ofMillis(100), this::step);
  }

  public AccountKey owner() {
    return owner;
  }

  public DeviceId id() {
    return id;
  }

  /** Serves a payer for so many credits a slot. */
  public void agree(AccountKey payer, ReservationId reservation, long rate, long cap) {
    Deal deal =
        new Deal(
            local.deployment().domain().deployment(),
            local.network(),
            id,
            payer.account(),
            owner.account(),
            reservation,
            new Credits(java.math.BigInteger.valueOf(rate)),
            LocalNetwork.credits(cap),
            new SlotNumber(0),
            new SlotNumber(1_000_000),
            Bytes.EMPTY);
    Bytes signature = payer.sign(local.deployment().domain().digest(deal.id()));
    synchronized (pending) {
      pending.add(CounterNetwork.deal(new SignedDeal(deal, signature)));
    }
  }

  /** Reports a customer's scope of the cell of all meters, for this epoch and later ones. */
  public void sell(AccountKey payer, ReservationId reservation, long rate, long cap) {
    List<Long> cells = List.of(LocalNetwork.CELL);
    ScopeTerms terms =
        new ScopeTerms(
            local.deployment().domain().deployment(),
            local.network(),
            reservation.hash(),
            payer.account(),
            reservation,
            ScopeDeal.hash(cells),
            LocalNetwork.credits(rate),
            LocalNetwork.credits(cap),
            local.epochNow(),
            new EpochNumber(100_000));
    Bytes signature = payer.sign(local.deployment().domain().digest(terms.id()));
    synchronized (pending) {
      pending.add(
          CounterNetwork.scope(new SignedScopeDeal(new ScopeDeal(terms, cells), signature)));
    }
  }

  public void start() {
    worker.start();
  }

  /** The reports that were promised. */
  public Set<Hash> promised() {
    synchronized (pending) {
      return Set.copyOf(promised);
    }
  }

  /** Sends no more; what was sent is answered when this returns. */
  public void stop() {
    worker.close();
  }

  @Override
  public void close() {
    stop();
  }

  private boolean step() throws IOException {
    EpochNumber now = local.epochNow();
    if (!now.equals(epoch)) {
      epoch = now;
      counter = 0;
    }
    List<Bytes> payloads;
    synchronized (pending) {
      payloads = new ArrayList<>(pending);
    }
    int waiting = payloads.size();
    if (counter == 0) {
      // In every epoch: one sent in the epoch of the registration does not count.
      payloads.addFirst(new Hello(owner.account(), 1).encode());
    }
    payloads.add(LocalNetwork.reading(reading++ % 1000));
    List<Report> reports = payloads.stream().map(this::sign).toList();
    boolean all = true;
    List<Gateways.Answer> answers = gateways.submit(reports);
    synchronized (pending) {
      for (Gateways.Answer answer : answers) {
        if (answer instanceof Gateways.Answer.Promised(var promise)) {
          promised.add(promise.report());
        } else {
          all = false;
        }
      }
      if (all) {
        pending.subList(0, waiting).clear();
      }
    }
    return false;
  }

  private Report sign(Bytes payload) {
    return Report.sign(
        new ReportBody(
            local.deployment().domain().deployment(),
            local.network(),
            id,
            key.publicKey().hash(),
            Sequence.of(epoch, counter++),
            payload),
        key);
  }
}
