package org.groundwork.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.agent.Gateways;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.node.wire.Json;
import org.groundwork.node.wire.StreamAnswer;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Sends reports to the deployment's gateways over HTTP: to the one that worked last, else to the
 * others; many at once by a stream where the gateway offers one. Believes a promise only if a
 * staked gateway signed it for this very report.
 */
public final class HttpGateways implements Gateways {
  /** A gateway that is known to have stake. */
  public record Known(AccountId signer, String endpoint) {}

  /** Where the gateways are told from. */
  public interface Directory {
    List<Known> gateways() throws IOException;
  }

  /** What codes of refusals begin with; any other error is the gateway's own trouble. */
  private static final String REFUSED = "refused.";

  private static final List<String> WORTH_RETRYING =
      Stream.of(Refusal.values()).filter(Refusal::retry).map(Refusal::code).toList();

  /**
   * From so many reports on a stream is used where there is one; fewer are not worth a connection
   * of their own.
   */
  static final int STREAM_FROM = 16;

  private final SigningDomain domain;
  private final Directory directory;
  private final HttpPeers peers;
  private final ReportStreams streams;
  private volatile String last = "";

  public HttpGateways(SigningDomain domain, Directory directory, HttpPeers peers) {
    this.domain = domain;
    this.directory = directory;
    this.peers = peers;
    streams = new ReportStreams(peers);
  }

  @Override
  public List<Answer> submit(List<Report> reports) throws IOException {
    List<Known> gateways = new ArrayList<>(directory.gateways());
    String preferred = last;
    gateways.sort(
        (a, b) -> Boolean.compare(b.endpoint().equals(preferred), a.endpoint().equals(preferred)));
    List<String> failures = new ArrayList<>();
    for (Known gateway : gateways) {
      try {
        List<Answer> answers = submit(gateway, reports);
        last = gateway.endpoint();
        return answers;
      } catch (IOException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    throw new IOException("No gateway can be reached: " + failures);
  }

  private List<Answer> submit(Known gateway, List<Report> reports) throws IOException {
    CanonicalWriter content = new CanonicalWriter();
    reports.forEach(report -> content.raw(report.encode()));
    Reading reading = new Reading(gateway);
    if (reports.size() >= STREAM_FROM) {
      Optional<Bytes> answers = streams.ask(gateway.endpoint(), content.toBytes());
      if (answers.isPresent()) {
        return reading.ofStream(reports, answers.get());
      }
    }
    return reading.ofRequest(reports, peers.at(gateway.endpoint()).submit(content.toBytes()));
  }

  /** Reads one gateway's answers; of a batch of promises one signature is verified. */
  private final class Reading {
    private final Known gateway;
    private final Map<Hash, Bytes> genuine = new HashMap<>();

    Reading(Known gateway) {
      this.gateway = gateway;
    }

    List<Answer> ofStream(List<Report> reports, Bytes message) throws IOException {
      try {
        List<StreamAnswer> said = StreamAnswer.decode(message, reports.size());
        List<Answer> answers = new ArrayList<>(said.size());
        for (int i = 0; i < said.size(); i++) {
          answers.add(
              switch (said.get(i)) {
                case StreamAnswer.Promised(Promise promise) ->
                    new Answer.Promised(checked(reports.get(i), promise));
                case StreamAnswer.Refused(String code, long _) -> refused(code, sentence(code));
              });
        }
        return answers;
      } catch (Malformed e) {
        throw unreadable(e);
      }
    }

    List<Answer> ofRequest(List<Report> reports, JsonNode answer) throws IOException {
      try {
        List<Answer> answers = new ArrayList<>();
        if (answer.isArray() && answer.size() == reports.size()) {
          for (int i = 0; i < reports.size(); i++) {
            answers.add(read(reports.get(i), answer.get(i)));
          }
        } else if (reports.size() == 1 || answer.has("error")) {
          for (Report report : reports) {
            answers.add(read(report, answer));
          }
        } else {
          throw new Malformed("another number of answers");
        }
        return answers;
      } catch (Malformed e) {
        throw unreadable(e);
      }
    }

    private Answer read(Report report, JsonNode answer) throws Malformed, IOException {
      if (answer.has("error")) {
        JsonNode error = answer.get("error");
        return refused(Json.text(error, "code"), Json.text(error, "message"));
      }
      Promise promise = Promise.decode(Json.bytes(answer, "promise"));
      return new Answer.Promised(checked(report, promise));
    }

    private Answer refused(String code, String message) throws IOException {
      if (!code.startsWith(REFUSED)) {
        throw new IOException(gateway.endpoint() + " failed with " + code);
      }
      return new Answer.Refused(code, message, WORTH_RETRYING.contains(code));
    }

    private Promise checked(Report report, Promise promise) throws IOException {
      Hash hash = Sha256.hash(report.body().unsafeArray());
      Optional<Hash> digest = promise.digest(domain);
      if (!promise.report().equals(hash)
          || !promise.gateway().equals(gateway.signer())
          || digest.isEmpty()
          || !isSigned(promise, digest.get())) {
        throw new IOException(gateway.endpoint() + " gave a promise that is worth nothing");
      }
      return promise;
    }

    private boolean isSigned(Promise promise, Hash digest) {
      Bytes known = genuine.get(digest);
      if (known != null && known.equals(promise.signature())) {
        return true;
      }
      boolean signed = AccountSignatures.isSignedBy(gateway.signer(), digest, promise.signature());
      if (signed) {
        genuine.put(digest, promise.signature());
      }
      return signed;
    }

    private IOException unreadable(Malformed e) {
      return new IOException(
          gateway.endpoint() + " gave an answer that cannot be read: " + e.getMessage(), e);
    }
  }

  /** What a refusal's code means; the code itself where this version does not know it. */
  private static String sentence(String code) {
    for (Refusal refusal : Refusal.values()) {
      if (refusal.code().equals(code)) {
        return refusal.sentence();
      }
    }
    return code;
  }
}
