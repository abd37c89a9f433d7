package org.groundwork.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.agent.Gateways;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Sends reports to the deployment's gateways over HTTP: to the one that worked last, else to the
 * others. Believes a promise only if a staked gateway signed it for this very report.
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
      List.of("refused.busy", "refused.too-many", "refused.unknown-device");

  private final SigningDomain domain;
  private final Directory directory;
  private final HttpPeers peers;
  private volatile String last = "";

  public HttpGateways(SigningDomain domain, Directory directory, HttpPeers peers) {
    this.domain = domain;
    this.directory = directory;
    this.peers = peers;
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
    JsonNode answer = peers.at(gateway.endpoint()).submit(content.toBytes());
    try {
      List<Answer> answers = new ArrayList<>();
      if (answer.isArray() && answer.size() == reports.size()) {
        for (int i = 0; i < reports.size(); i++) {
          answers.add(read(gateway, reports.get(i), answer.get(i)));
        }
      } else if (reports.size() == 1 || answer.has("error")) {
        for (Report report : reports) {
          answers.add(read(gateway, report, answer));
        }
      } else {
        throw new Malformed("another number of answers");
      }
      return answers;
    } catch (Malformed e) {
      throw new IOException(
          gateway.endpoint() + " gave an answer that cannot be read: " + e.getMessage(), e);
    }
  }

  private Answer read(Known gateway, Report report, JsonNode answer) throws Malformed, IOException {
    if (answer.has("error")) {
      JsonNode error = answer.get("error");
      String code = Json.text(error, "code");
      if (!code.startsWith(REFUSED)) {
        throw new IOException(gateway.endpoint() + " failed with " + code);
      }
      return new Answer.Refused(code, Json.text(error, "message"), WORTH_RETRYING.contains(code));
    }
    Bytes encoded = Json.bytes(answer, "promise");
    Promise promise = Promise.decode(encoded);
    Hash hash = Sha256.hash(report.body().unsafeArray());
    if (!promise.report().equals(hash)
        || !promise.gateway().equals(gateway.signer())
        || !promise.isGenuine(domain)) {
      throw new IOException(gateway.endpoint() + " gave a promise that is worth nothing");
    }
    return new Answer.Promised(promise);
  }
}
