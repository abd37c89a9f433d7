package org.groundwork.node.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.groundwork.node.chain.RegistryFeed;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.protocol.crypto.SignedMessage;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.rules.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides report by report whether the gateway takes it: form, deployment, device, network, key,
 * epoch, share, signature, in this order, cheap checks first. What passes is made durable before
 * the answer. A request is cut into pieces that go through the threads for signatures, and then to
 * the {@link Intake}; nobody waits for the disk while there are others to verify. Safe for use by
 * many threads.
 */
public final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What a report costs in memory beside its own bytes. */
  private static final int OVERHEAD = 512;

  private final SigningDomain domain;
  private final RegistryFeed devices;
  private final Intake intake;
  private final VerifyPool verifyPool;
  private final GatewayLimits limits;
  private final InstantSource clock;
  private final Quota quota;
  private final RateLimits rates;
  private final Semaphore inFlight;
  private final Counter promised;
  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
  private final List<Consumer<Report>> listeners = new CopyOnWriteArrayList<>();

  public Admission(
      SigningDomain domain,
      RegistryFeed devices,
      Intake intake,
      VerifyPool verifyPool,
      GatewayLimits limits,
      InstantSource clock,
      MeterRegistry meters) {
    this.domain = domain;
    this.devices = devices;
    this.intake = intake;
    this.verifyPool = verifyPool;
    this.limits = limits;
    this.clock = clock;
    quota = new Quota(limits.maxReportsPerDeviceAndSlot());
    rates = new RateLimits(limits);
    inFlight = new Semaphore(limits.maxBytesInFlight());
    promised = counter(meters, "promised");
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, counter(meters, refusal.code()));
    }
  }

  private static Counter counter(MeterRegistry meters, String code) {
    return meters.counter("groundwork.reports", "answer", code);
  }

  /** Whoever sends from this address. */
  public Sender sender(String address) {
    return rates.sender(address, clock.millis());
  }

  /**
   * Tells of each report that was made durable, once for most; more than once if its sender sends
   * it again while it is being written.
   *
   * @param listener on any thread, which it must not hold up
   */
  public void onDurable(Consumer<Report> listener) {
    listeners.add(listener);
  }

  /** Refuses what a sender sent in the place of a report, and holds it against him. */
  public Answer refuse(Sender sender, Refusal refusal) {
    sender.failed(clock.millis());
    count(refusal);
    return new Answer.Refused(refusal);
  }

  /**
   * Whether a device's key signed something else than a report; held against the sender, and
   * against who signs under the key, as reports are. Waits for the signature.
   *
   * @return empty if it did
   */
  public Optional<Refusal> authenticate(
      Sender sender, Device device, Bytes message, Bytes signature) throws InterruptedException {
    long now = clock.millis();
    RateLimits.Key key = rates.key(device);
    if (!RateLimits.mayRead(sender, now) || !RateLimits.mayTry(key, sender, now)) {
      return Optional.of(Refusal.RATE_LIMITED);
    }
    SignedMessage signed = new SignedMessage(device.key(), message, signature);
    if (verifyPool.verify(List.of(signed)).isEmpty()) {
      rates.forged(key, now);
      sender.failed(now);
      return Optional.of(Refusal.WRONG_SIGNATURE);
    }
    return Optional.empty();
  }

  /** One answer for each report, in order; waits until they are durable. */
  public List<Answer> admit(Sender sender, List<Report> reports) throws InterruptedException {
    CompletableFuture<List<Answer>> answers = new CompletableFuture<>();
    admit(sender, reports, answers::complete);
    try {
      return answers.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return busy(reports.size());
    } catch (ExecutionException e) {
      throw new IllegalStateException("answers are never given up", e);
    }
  }

  /**
   * Begins to decide. Waits while the threads for signatures have more than enough to do, not for
   * signatures or the disk, so that one caller can keep many requests under way.
   *
   * @param done gets one answer for each report, in order, once; on any thread, which it must not
   *     hold up
   */
  public void admit(Sender sender, List<Report> reports, Consumer<List<Answer>> done)
      throws InterruptedException {
    int cost = cost(reports);
    if (reports.isEmpty() || !inFlight.tryAcquire(cost)) {
      finish(busy(reports.size()), done);
      return;
    }
    int pieces = (reports.size() + VerifyPool.PIECE - 1) / VerifyPool.PIECE;
    Request request =
        new Request(
            sender,
            reports,
            pieces,
            answers -> {
              inFlight.release(cost);
              finish(answers, done);
            });
    int started = 0;
    try {
      for (; started < pieces; started++) {
        int from = started * VerifyPool.PIECE;
        verifyPool.execute(verifier -> piece(request, from, verifier));
      }
    } finally {
      for (; started < pieces; started++) {
        endPiece(request);
      }
    }
  }

  private static int cost(List<Report> reports) {
    long cost = 0;
    for (Report report : reports) {
      cost += report.body().size() + OVERHEAD;
    }
    return Math.toIntExact(Math.min(cost, Integer.MAX_VALUE));
  }

  private void piece(Request request, int from, SignatureVerifier verifier) {
    try {
      long now = clock.millis();
      int to = Math.min(from + VerifyPool.PIECE, request.reports.size());
      for (int i = from; i < to; i++) {
        switch (check(request.reports.get(i), request.sender, now, verifier)) {
          case Checked.Decided(Answer answer) -> request.decide(i, answer);
          case Checked.Good(Candidate candidate) -> request.keep(i, candidate);
        }
      }
    } catch (RuntimeException e) {
      LOG.error("Reports could not be checked; they are refused", e);
    } finally {
      endPiece(request);
    }
  }

  private void endPiece(Request request) {
    if (request.endPiece()) {
      List<Candidate> kept = request.kept();
      if (kept.isEmpty()) {
        request.answer(List.of());
      } else if (!intake.offer(kept, answers -> durable(request, kept, answers))) {
        request.answer(busy(kept.size()));
      }
    }
  }

  private void durable(Request request, List<Candidate> kept, List<Answer> answers) {
    request.answer(answers);
    for (Consumer<Report> listener : listeners) {
      for (int i = 0; i < kept.size(); i++) {
        if (answers.get(i) instanceof Answer.Promised) {
          listener.accept(kept.get(i).report());
        }
      }
    }
  }

  private sealed interface Checked {
    record Decided(Answer answer) implements Checked {}

    record Good(Candidate candidate) implements Checked {}
  }

  private Checked check(Report report, Sender sender, long now, SignatureVerifier verifier) {
    if (!RateLimits.mayRead(sender, now)) {
      return no(Refusal.RATE_LIMITED);
    }
    ReportBody body;
    if (report.body().size() > limits.maxBodyBytes()) {
      return bad(Refusal.TOO_LARGE, sender, now);
    }
    try {
      body = report.parse();
    } catch (Malformed e) {
      return bad(Refusal.MALFORMED, sender, now);
    }
    if (!body.deployment().equals(domain.deployment())) {
      return bad(Refusal.WRONG_DEPLOYMENT, sender, now);
    }
    Optional<Device> device = devices.device(body.device());
    if (device.isEmpty()) {
      return bad(Refusal.UNKNOWN_DEVICE, sender, now);
    }
    if (!device.get().network().equals(body.network())) {
      return bad(Refusal.WRONG_NETWORK, sender, now);
    }
    RateLimits.Key key = rates.key(device.get());
    if (!key.hash().equals(body.keyHash())) {
      return bad(Refusal.WRONG_KEY, sender, now);
    }
    return checkSequence(report, body, device.get(), key, sender, now, verifier);
  }

  private Checked checkSequence(
      Report report,
      ReportBody body,
      Device device,
      RateLimits.Key key,
      Sender sender,
      long now,
      SignatureVerifier verifier) {
    Candidate candidate = Candidate.of(report, body);
    Optional<Answer.Promised> before = intake.known(candidate.epoch(), candidate.hash());
    if (before.isPresent()) {
      return new Checked.Decided(before.get());
    }
    Optional<SlotNumber> slot = intake.slotFor(candidate.epoch());
    if (slot.isEmpty()) {
      return no(Refusal.OLD_EPOCH);
    }
    if (quota.isUsedUp(device.id(), slot.get())) {
      return no(Refusal.TOO_MANY);
    }
    if (!RateLimits.mayTry(key, sender, now)) {
      return no(Refusal.RATE_LIMITED);
    }
    byte[] message = ReportBody.signingMessage(report.body());
    if (!verifier.verify(device.key(), message, report.signature())) {
      rates.forged(key, now);
      return bad(Refusal.WRONG_SIGNATURE, sender, now);
    }
    key.provedBy(sender);
    return quota.take(device.id(), slot.get()) ? new Checked.Good(candidate) : no(Refusal.TOO_MANY);
  }

  private static Checked no(Refusal refusal) {
    return new Checked.Decided(new Answer.Refused(refusal));
  }

  /** A refusal that is held against the sender. */
  private static Checked bad(Refusal refusal, Sender sender, long now) {
    sender.failed(now);
    return no(refusal);
  }

  private static List<Answer> busy(int count) {
    return Collections.nCopies(count, new Answer.Refused(Refusal.BUSY));
  }

  private void finish(List<Answer> answers, Consumer<List<Answer>> done) {
    int kept = 0;
    for (Answer answer : answers) {
      switch (answer) {
        case Answer.Promised _ -> kept++;
        case Answer.Refused(Refusal refusal) -> count(refusal);
      }
    }
    if (kept > 0) {
      promised.increment(kept);
    }
    done.accept(answers);
  }

  private void count(Refusal refusal) {
    Optional.ofNullable(refused.get(refusal)).orElseThrow().increment();
  }
}
