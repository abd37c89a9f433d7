package org.groundwork.networks.storage.arweave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.groundwork.networks.storage.content.ContentServer;
import org.groundwork.networks.storage.content.Shelf;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;

/** A gateway of permanent storage over a store in memory. */
final class Gateway implements AutoCloseable {
  static final String TOKEN = "the-operators-token";
  static final Endowment ENDOWMENT = new Endowment(525_600, 3, 6, 50, 1000, 0);

  final Shelf shelf;
  PermanentStore store;
  private ContentServer server;
  private final Path folder;
  private final long freeBytes;
  private final HttpClient http = HttpClient.newHttpClient();

  /** The slot, and what providers ask; both change only here. */
  volatile long slot = 7;

  volatile Credits price = Credits.of(1000);

  Gateway(Path folder, long freeBytes) throws IOException {
    this.folder = folder;
    this.freeBytes = freeBytes;
    shelf = new Shelf(folder);
    try (var key = Objects.requireNonNull(Gateway.class.getResourceAsStream("receipt-key.p8"))) {
      Files.write(folder.resolve("receipt-key.p8"), key.readAllBytes());
    }
    store = open();
    server = listen();
  }

  private PermanentStore open() throws IOException {
    return new PermanentStore(
        folder,
        shelf.objects,
        new PermanentSettings("permanent", ENDOWMENT, freeBytes, 64 << 20, 256 << 20),
        new Surroundings() {
          @Override
          public long slot() {
            return slot;
          }

          @Override
          public Credits price() {
            return price;
          }
        },
        InstantSource.system());
  }

  private ContentServer listen() throws IOException {
    UploadApi uploads =
        new UploadApi(store, folder.resolve("uploads"), InstantSource.system(), new SecureRandom());
    PermanentApi api = new PermanentApi(store, uploads, TOKEN);
    return ContentServer.start("127.0.0.1", 0, List.of(api::route));
  }

  /** The process ends and starts again. */
  void restart() throws IOException {
    server.close();
    store.close();
    store = open();
    server = listen();
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  HttpResponse<byte[]> get(String path, String... headers) throws IOException {
    return send("GET", path, new byte[0], headers);
  }

  HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws IOException {
    return send("POST", path, body, headers);
  }

  private HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  /** The nodes that a query finds. */
  List<String> ids(String arguments) throws IOException {
    return query("{transactions(" + arguments + "){pageInfo{hasNextPage} edges{cursor node{id}}}}")
        .at("/data/transactions/edges")
        .findValuesAsText("id");
  }

  JsonNode query(String query) throws IOException {
    String body = new ObjectMapper().createObjectNode().put("query", query).toString();
    return json(
        post(
            "/graphql", body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json"));
  }

  String upload(Bytes item) throws IOException {
    HttpResponse<byte[]> response = post("/tx/ethereum", item.unsafeArray());
    if (response.statusCode() != 200) {
      throw new IOException(new String(response.body(), StandardCharsets.UTF_8));
    }
    return json(response).get("id").textValue();
  }

  @Override
  public void close() {
    server.close();
    store.close();
    shelf.close();
  }
}
