package org.groundwork.node.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.groundwork.node.chain.RegistryFeed;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.SignedMessage;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.rules.Device;

/**
 * Decides report by report whether the gateway takes it: form, deployment, device, network, key,
 * epoch, share, signature, in this order, cheap checks first. What passes is made durable before
 * the answer. Safe for use by many threads; callers wait for the disk.
 */
public final class Admission {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What a report costs in memory beside its own bytes. */
  private static final int OVERHEAD = 512;

  private final SigningDomain domain;
  private final RegistryFeed devices;
  private final Intake intake;
  private final VerifyPool verifyPool;
  private final GatewayLimits limits;
  private final Quota quota;
  private final Semaphore inFlight;
  private final MeterRegistry meters;

  public Admission(
      SigningDomain domain,
      RegistryFeed devices,
      Intake intake,
      VerifyPool verifyPool,
      GatewayLimits limits,
      MeterRegistry meters) {
    this.domain = domain;
    this.devices = devices;
    this.intake = intake;
    this.verifyPool = verifyPool;
    this.limits = limits;
    quota = new Quota(limits.maxReportsPerDeviceAndSlot());
    inFlight = new Semaphore(limits.maxBytesInFlight());
    this.meters = meters;
  }

  /** One answer for each report, in order. */
  public List<Answer> admit(List<Report> reports) throws InterruptedException {
    int cost = reports.stream().mapToInt(report -> report.body().size() + OVERHEAD).sum();
    List<Answer> answers;
    if (!inFlight.tryAcquire(cost)) {
      answers = Collections.nCopies(reports.size(), new Answer.Refused(Refusal.BUSY));
    } else {
      try {
        answers = decide(reports);
      } finally {
        inFlight.release(cost);
      }
    }
    answers.forEach(this::count);
    return answers;
  }

  private List<Answer> decide(List<Report> reports) throws InterruptedException {
    Answers answers = new Answers(reports.size());
    List<Pending> unsigned = new ArrayList<>(reports.size());
    for (int i = 0; i < reports.size(); i++) {
      switch (check(reports.get(i))) {
        case Checked.Decided(Answer answer) -> answers.set(i, answer);
        case Checked.Fit(Candidate candidate, Device device, SlotNumber slot) ->
            unsigned.add(new Pending(i, candidate, device, slot));
      }
    }
    List<Pending> good = verified(unsigned, answers);
    if (!good.isEmpty()) {
      List<Answer> kept = keep(good.stream().map(Pending::candidate).toList());
      for (int i = 0; i < good.size(); i++) {
        answers.set(good.get(i).index(), kept.get(i));
      }
    }
    return answers.all();
  }

  private record Pending(int index, Candidate candidate, Device device, SlotNumber slot) {
    SignedMessage signed() {
      Report report = candidate.report();
      Bytes message = Bytes.wrap(ReportBody.signingMessage(report.body()));
      return new SignedMessage(device.key(), message, report.signature());
    }
  }

  private sealed interface Checked {
    record Decided(Answer answer) implements Checked {}

    record Fit(Candidate candidate, Device device, SlotNumber slot) implements Checked {}
  }

  /** All but the signature. */
  private Checked check(Report report) {
    if (report.body().size() > limits.maxBodyBytes()) {
      return no(Refusal.TOO_LARGE);
    }
    ReportBody body;
    try {
      body = report.parse();
    } catch (Malformed e) {
      return no(Refusal.MALFORMED);
    }
    if (!body.deployment().equals(domain.deployment())) {
      return no(Refusal.WRONG_DEPLOYMENT);
    }
    Optional<Device> device = devices.device(body.device());
    if (device.isEmpty()) {
      return no(Refusal.UNKNOWN_DEVICE);
    }
    if (!device.get().network().equals(body.network())) {
      return no(Refusal.WRONG_NETWORK);
    }
    if (!device.get().key().hash().equals(body.keyHash())) {
      return no(Refusal.WRONG_KEY);
    }
    return checkSequence(Candidate.of(report, body), device.get());
  }

  private Checked checkSequence(Candidate candidate, Device device) {
    Optional<Promise> before = intake.known(candidate.body().sequence().epoch(), candidate.hash());
    if (before.isPresent()) {
      return new Checked.Decided(new Answer.Promised(before.get()));
    }
    Optional<SlotNumber> slot = intake.slotFor(candidate.body().sequence().epoch());
    if (slot.isEmpty()) {
      return no(Refusal.OLD_EPOCH);
    }
    if (quota.isUsedUp(device.id(), slot.get())) {
      return no(Refusal.TOO_MANY);
    }
    return new Checked.Fit(candidate, device, slot.get());
  }

  private List<Pending> verified(List<Pending> unsigned, Answers answers)
      throws InterruptedException {
    BitSet genuine = verifyPool.verify(unsigned.stream().map(Pending::signed).toList());
    List<Pending> good = new ArrayList<>(unsigned.size());
    for (int i = 0; i < unsigned.size(); i++) {
      Pending pending = unsigned.get(i);
      if (!genuine.get(i)) {
        answers.set(pending.index(), new Answer.Refused(Refusal.WRONG_SIGNATURE));
      } else if (!quota.take(pending.device().id(), pending.slot())) {
        answers.set(pending.index(), new Answer.Refused(Refusal.TOO_MANY));
      } else {
        good.add(pending);
      }
    }
    return good;
  }

  private List<Answer> keep(List<Candidate> candidates) throws InterruptedException {
    List<Answer> busy = Collections.nCopies(candidates.size(), new Answer.Refused(Refusal.BUSY));
    Optional<Future<List<Answer>>> offered = intake.offer(candidates);
    if (offered.isEmpty()) {
      return busy;
    }
    try {
      return offered.get().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return busy;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the intake answers, or it refuses", e);
    }
  }

  private static Checked no(Refusal refusal) {
    return new Checked.Decided(new Answer.Refused(refusal));
  }

  private void count(Answer answer) {
    String code =
        switch (answer) {
          case Answer.Promised _ -> "promised";
          case Answer.Refused(Refusal refusal) -> refusal.code();
        };
    meters.counter("groundwork.reports", "answer", code).increment();
  }

  /** Answers that come in any order. */
  private static final class Answers {
    private final List<Optional<Answer>> slots;

    Answers(int size) {
      slots = new ArrayList<>(Collections.nCopies(size, Optional.empty()));
    }

    void set(int index, Answer answer) {
      slots.set(index, Optional.of(answer));
    }

    List<Answer> all() {
      return slots.stream().map(Optional::orElseThrow).toList();
    }
  }
}
