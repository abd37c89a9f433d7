package org.groundwork.cli.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.groundwork.cli.Json;

/** Sends alerts to a URL. What it throws does not name the URL, which may hold a secret. */
final class Webhook implements Alarms.Receiver, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int FIRST_FAILURE = 300;

  private final URI address;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  Webhook(URI address) {
    this.address = address;
  }

  @Override
  public void take(ObjectNode alert) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(alert)))
            .build();
    int status;
    try {
      status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IOException("the webhook does not answer");
    }
    if (status >= FIRST_FAILURE) {
      throw new IOException("the webhook answers with status " + status);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
