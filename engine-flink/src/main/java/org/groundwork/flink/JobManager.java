package org.groundwork.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster's job manager over its REST interface: takes a jar, runs it, says what became of it.
 */
final class JobManager {
  private static final Logger LOG = LoggerFactory.getLogger(JobManager.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);

  /** Polls without an answer before a job is given up: about a minute. */
  private static final int MAX_SILENT = 300;

  private static final int MAX_REASON = 2000;
  private static final String BOUNDARY = "groundwork-job-jar";

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  JobManager(URI address) {
    this.address = address;
  }

  /** The id under which the cluster has a jar of this name; it is uploaded if it is not there. */
  String upload(String name, Bytes jar) throws IOException {
    for (JsonNode file : send(get("/jars")).path("files")) {
      if (file.path("name").asText().equals(name)) {
        return file.path("id").asText();
      }
    }
    String start =
        """
        --%s\r
        Content-Disposition: form-data; name="jarfile"; filename="%s"\r
        Content-Type: application/java-archive\r
        \r
        """
            .formatted(BOUNDARY, name);
    String end = "\r\n--%s--\r\n".formatted(BOUNDARY);
    HttpRequest request =
        request("/jars/upload")
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(start),
                    BodyPublishers.ofByteArray(jar.unsafeArray()),
                    BodyPublishers.ofString(end)))
            .build();
    String file = send(request).path("filename").asText();
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Starts a job; returns its id. */
  String run(String jar, String entryClass, List<String> arguments) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("entryClass", entryClass);
    ArrayNode list = body.putArray("programArgsList");
    arguments.forEach(list::add);
    HttpRequest request =
        request("/jars/" + jar + "/run")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return send(request).path("jobid").asText();
  }

  /**
   * Waits for a job's end.
   *
   * @throws IOException if it failed, or the job manager did not answer for about a minute
   * @throws InterruptedIOException if interrupted; the job is cancelled then
   */
  void await(String job) throws IOException {
    int silent = 0;
    while (true) {
      String state;
      try {
        state = send(get("/jobs/" + job)).path("state").asText();
        silent = 0;
      } catch (InterruptedIOException e) {
        cancel(job);
        throw e;
      } catch (IOException e) {
        if (++silent == MAX_SILENT) {
          throw e;
        }
        state = "";
      }
      switch (state) {
        case "FINISHED" -> {
          return;
        }
        case "FAILED", "CANCELED", "SUSPENDED" ->
            throw new IOException("job %s: %s %s".formatted(job, state, reason(job)));
        default -> pause(job);
      }
    }
  }

  private void pause(String job) throws InterruptedIOException {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      cancel(job);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a cluster judged an epoch");
    }
  }

  private void cancel(String job) {
    HttpRequest request =
        request("/jobs/" + job + "?mode=cancel").method("PATCH", BodyPublishers.noBody()).build();
    // This thread is interrupted: nobody waits for the answer.
    http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .exceptionally(e -> {
          LOG.warn("job {} could not be cancelled: {}", job, e.getMessage());
          return null;
        });
  }

  private String reason(String job) throws IOException {
    String trace = send(get("/jobs/" + job + "/exceptions")).path("root-exception").asText();
    return trace.substring(0, Math.min(trace.length(), MAX_REASON));
  }

  private HttpRequest get(String path) {
    return request(path).GET().build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
  }

  private JsonNode send(HttpRequest request) throws IOException {
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a cluster was asked");
    } catch (InterruptedIOException e) {
      throw new IOException("no answer in time: " + request.uri(), e);
    }
    if (response.statusCode() / 100 != 2) {
      String body = response.body();
      throw new IOException(
          "%s: status %d %s"
              .formatted(
                  request.uri(),
                  response.statusCode(),
                  body.substring(0, Math.min(body.length(), MAX_REASON))));
    }
    return JSON.readTree(response.body());
  }
}
