package org.groundwork.cli.bridge;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.groundwork.agent.OutboxFull;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.node.http.Routes;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stations post to: Ecowitt's "customized" upload and Wunderground's. The answer 200 says that
 * the reading is on disk here.
 */
final class StationRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(StationRoutes.class);

  /** Where readings of a station go. */
  interface Sink {
    void accept(Bytes payload) throws IOException, OutboxFull;
  }

  /** A station that the bridge speaks for. */
  record Known(SensingDefinition definition, Sink sink) {}

  private final Map<Hash, Known> stations;
  private final InstantSource clock;

  /**
   * Routes for these stations.
   *
   * @param stations by {@link #key} of their passkey: looking one up says nothing of others
   */
  StationRoutes(Map<Hash, Known> stations, InstantSource clock) {
    this.stations = Map.copyOf(stations);
    this.clock = clock;
  }

  static Hash key(String passkey) {
    return Sha256.hash(passkey.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void addTo(HttpRouting.Builder routing) {
    routing
        .post("/data/report", this::posted)
        .post("/data/report/", this::posted)
        .get("/weatherstation/updateweatherstation.php", this::queried);
  }

  private void posted(ServerRequest request, ServerResponse response) throws IOException {
    try (InputStream in = request.content().inputStream()) {
      byte[] form = in.readNBytes(StationForm.MAX_LENGTH + 1);
      take(new String(form, StandardCharsets.ISO_8859_1), response);
    }
  }

  private void queried(ServerRequest request, ServerResponse response) {
    take(request.query().rawValue(), response);
  }

  private void take(String text, ServerResponse response) {
    try {
      StationForm form = StationForm.parse(text);
      Optional<Known> station =
          form.passkey().flatMap(key -> Optional.ofNullable(stations.get(key(key))));
      if (station.isEmpty()) {
        answer(response, 401, "This bridge does not know the station.");
        return;
      }
      var reading = StationReading.of(station.get().definition(), form, clock.instant());
      station.get().sink().accept(reading.encode());
      answer(response, 200, "success");
    } catch (Malformed e) {
      answer(response, 400, String.valueOf(e.getMessage()));
    } catch (OutboxFull e) {
      answer(response, 503, "Too many readings wait for a gateway.");
    } catch (IOException e) {
      LOG.warn("A reading could not be kept: {}", e.toString());
      answer(response, 503, "The reading could not be kept.");
    }
  }

  private static void answer(ServerResponse response, int status, String text) {
    response
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .send(text + "\n");
  }
}
