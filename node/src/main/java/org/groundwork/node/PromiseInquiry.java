package org.groundwork.node;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.BrokenPromise;
import org.groundwork.node.wire.PeerException;
import org.groundwork.node.wire.Peers;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Promise;

/** Asks the verifiers of an epoch, all at once, whether a gateway broke a promise in it. */
public final class PromiseInquiry {
  private final EpochChain chain;
  private final Peers peers;

  public PromiseInquiry(EpochChain chain, Peers peers) {
    this.chain = chain;
    this.peers = peers;
  }

  /** What a verifier says. */
  public sealed interface Answer {
    /** The report stands in no input; the signature is genuine. */
    record Broken(Bytes signature) implements Answer {}

    /** The report stands in an input. */
    record Kept() implements Answer {}

    /** Neither: the verifier did not answer, cannot say yet, or said something worthless. */
    record Unknown(String why) implements Answer {}
  }

  /** One verifier's answer. */
  public record Said(Operator verifier, Answer answer) {}

  /**
   * What all said.
   *
   * @param said by every verifier with weight at the epoch's opening, ascending by signer
   */
  public record Outcome(EpochNumber epoch, StakedSet verifiers, List<Said> said) {
    public Outcome {
      said = List.copyOf(said);
    }

    /** Whether enough signed for the chain. */
    public boolean isProved() {
      return verifiers.isMoreThanTwoThirds(
          said.stream()
              .filter(each -> each.answer() instanceof Answer.Broken)
              .map(each -> each.verifier().signer())
              .toList());
    }

    public List<Bytes> signatures() {
      List<Bytes> signatures = new ArrayList<>();
      for (Said each : said) {
        if (each.answer() instanceof Answer.Broken(Bytes signature)) {
          signatures.add(signature);
        }
      }
      return List.copyOf(signatures);
    }
  }

  /**
   * Asks about a promise that is genuine.
   *
   * @throws IOException if the chain does not answer, or has not come to the promise's epoch
   */
  public Outcome ask(Promise promise) throws IOException {
    EpochNumber epoch = chain.schedule().epochOf(promise.slot());
    StakedSet verifiers = chain.verifiers(epoch);
    List<Callable<Said>> questions = new ArrayList<>();
    for (Operator verifier : verifiers.members()) {
      questions.add(() -> new Said(verifier, ask(verifier, epoch, promise)));
    }
    List<Said> said = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Said> answer : threads.invokeAll(questions)) {
        said.add(answer.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while verifiers were asked");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer was not handled", e);
    }
    return new Outcome(epoch, verifiers, said);
  }

  private Answer ask(Operator verifier, EpochNumber epoch, Promise promise) {
    try {
      BrokenPromise word = peers.at(verifier.endpoint()).brokenPromise(promise);
      boolean meant =
          word.epoch().equals(epoch)
              && word.gateway().equals(promise.gateway())
              && word.report().equals(promise.report())
              && word.verifier().equals(verifier.signer());
      return meant && word.isGenuine(chain.domain())
          ? new Answer.Broken(word.signature())
          : new Answer.Unknown("gave a signature that is worth nothing");
    } catch (PeerException e) {
      return e.code().equals(ApiError.PROMISE_KEPT.code())
          ? new Answer.Kept()
          : new Answer.Unknown(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Answer.Unknown(String.valueOf(e.getMessage()));
    }
  }
}
