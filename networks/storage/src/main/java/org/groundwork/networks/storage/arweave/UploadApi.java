package org.groundwork.networks.storage.arweave;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.groundwork.networks.storage.content.Queries;

/** Takes items, whole or in chunks. */
public final class UploadApi {
  private final PermanentStore store;
  private final UploadSpool spool;

  /**
   * An interface for uploads.
   *
   * @param folder where chunks wait for the rest
   */
  public UploadApi(PermanentStore store, Path folder, InstantSource clock, RandomGenerator random)
      throws IOException {
    this.store = store;
    spool = new UploadSpool(folder, store.settings().maxSpoolBytes(), clock, random);
  }

  void item(ServerRequest request, ServerResponse response) throws IOException {
    long size =
        request
            .headers()
            .contentLength()
            .orElseThrow(() -> new ItemRejected(411, "A Content-Length is needed."));
    if (size == 0) {
      throw new ItemRejected(400, "This is no data item: it is empty.");
    }
    ItemRecord item;
    try (InputStream in = request.content().inputStream()) {
      item = store.accept(in, size);
    }
    Json.send(response, ItemJson.receipt(store.receipt(item)));
  }

  /** {@code /chunks/TOKEN/ID/...}. */
  void chunks(String method, List<String> rest, ServerRequest request, ServerResponse response)
      throws IOException {
    if (rest.size() != 3) {
      throw new ItemRejected(404, "Chunks are at /chunks/TOKEN/UPLOAD/OFFSET.");
    }
    String id = rest.get(1);
    String last = rest.get(2);
    if (method.equals("GET") && id.equals("-1")) {
      begin(request, response);
    } else if (method.equals("GET") && last.equals("status")) {
      status(id, response);
    } else if (method.equals("GET")) {
      progress(id, response);
    } else if (method.equals("POST") && (last.equals("finalize") || last.equals("-1"))) {
      finish(id, response);
    } else if (method.equals("POST")) {
      put(id, last, request, response);
    } else {
      throw new ItemRejected(405, "Chunks are got and posted.");
    }
  }

  private void begin(ServerRequest request, ServerResponse response) throws IOException {
    long size = number(Queries.of(request).getOrDefault("chunkSize", ""), 0);
    long clamped = Math.clamp(size, UploadSpool.MIN_CHUNK_BYTES, UploadSpool.MAX_CHUNK_BYTES);
    Json.send(
        response,
        Map.of(
            "id",
            spool.begin(),
            "chunkSize",
            clamped,
            "min",
            UploadSpool.MIN_CHUNK_BYTES,
            "max",
            UploadSpool.MAX_CHUNK_BYTES));
  }

  private static long number(String text, long otherwise) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : otherwise;
  }

  /** What is there, so that a client goes on where it was. */
  private void progress(String id, ServerResponse response) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put(
        "chunks",
        spool.chunks(id).entrySet().stream()
            .map(chunk -> List.of(chunk.getKey(), chunk.getValue()))
            .toList());
    Json.send(response, json);
  }

  private void put(String id, String offset, ServerRequest request, ServerResponse response)
      throws IOException {
    long at = number(offset, -1);
    if (at < 0 || at > store.settings().maxItemBytes()) {
      throw new ItemRejected(400, "An offset is a number within the item.");
    }
    long size =
        request
            .headers()
            .contentLength()
            .orElseThrow(() -> new ItemRejected(411, "A Content-Length is needed."));
    try (InputStream in = request.content().inputStream()) {
      spool.put(id, at, in, size);
    }
    Json.send(response, Map.of("id", id, "offset", at, "size", size));
  }

  private void finish(String id, ServerResponse response) throws IOException {
    if (spool.outcome(id).isEmpty()) {
      long size = spool.size(id);
      String outcome;
      try (InputStream in = spool.open(id)) {
        ItemRecord item = store.accept(in, size);
        outcome =
            Json.text(
                Map.of("status", "FINALIZED", "receipt", ItemJson.receipt(store.receipt(item))));
      } catch (ItemRejected e) {
        if (e.status() == 402) {
          // Chunks stay: the owner may pay and finalize again.
          throw e;
        }
        spool.finish(id, Json.text(Map.of("status", "INVALID", "error", e.text())));
        throw e;
      }
      spool.finish(id, outcome);
    }
    Json.sendText(response, spool.outcome(id));
  }

  private void status(String id, ServerResponse response) throws IOException {
    String outcome = spool.outcome(id);
    Json.sendText(
        response, outcome.isEmpty() ? Json.text(Map.of("status", "ASSEMBLING")) : outcome);
  }
}
