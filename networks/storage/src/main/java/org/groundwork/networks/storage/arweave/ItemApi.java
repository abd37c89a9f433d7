package org.groundwork.networks.storage.arweave;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.networks.storage.content.ContentRange;
import org.groundwork.networks.storage.content.Streaming;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/** Gives items back: their data, as they are, and by the paths of manifests. */
final class ItemApi {
  private static final HeaderName NOSNIFF = HeaderNames.create("X-Content-Type-Options");
  private static final HeaderName OWNER = HeaderNames.create("X-Ar-Io-Owner");
  private static final HeaderName DATA_ID = HeaderNames.create("X-Ar-Io-Data-Id");
  private static final String IMMUTABLE = "public, max-age=29030400, immutable";

  private final PermanentStore store;

  ItemApi(PermanentStore store) {
    this.store = store;
  }

  private ItemRecord item(Hash id) throws IOException {
    return store
        .find(id)
        .orElseThrow(() -> new ItemRejected(404, "There is no item " + Base64Url.encode(id) + "."));
  }

  private ItemRecord item(String id) throws IOException {
    return item(Base64Url.id(id).orElseThrow(() -> new ItemRejected(404, "This is no id.")));
  }

  /** {@code /raw/ID}: the data; {@code /item/ID}: the whole item as it was signed. */
  void raw(
      String what, List<String> rest, ServerRequest request, ServerResponse response, boolean head)
      throws IOException {
    ItemRecord item = item(rest.isEmpty() ? "" : rest.getFirst());
    if (what.equals("raw")) {
      data(item, request, response, head);
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
    response.header(HeaderNames.CONTENT_LENGTH, Long.toString(item.size()));
    if (head) {
      response.send();
    } else {
      Streaming.send(response, out -> store.readItem(item, out));
    }
  }

  /**
   * {@code /ID} and what is below a manifest's.
   *
   * @param folder whether the path ends with a slash
   */
  void get(
      Hash id,
      List<String> path,
      boolean folder,
      ServerRequest request,
      ServerResponse response,
      boolean head)
      throws IOException {
    ItemRecord item = item(id);
    if (!item.contentType().equals(PathManifest.CONTENT_TYPE)) {
      if (!path.isEmpty()) {
        throw new ItemRejected(404, "The item is no manifest.");
      }
      data(item, request, response, head);
      return;
    }
    PathManifest manifest;
    try {
      manifest = PathManifest.decode(store.data(item, PathManifest.MAX_BYTES));
    } catch (Malformed e) {
      throw new ItemRejected(404, "The item is no manifest: " + e.getMessage());
    }
    String wanted = String.join("/", path) + (folder && !path.isEmpty() ? "/" : "");
    if (path.isEmpty() && !folder && manifest.index().isPresent()) {
      // Without the slash, the page's own links would lead astray.
      response.status(Status.FOUND_302);
      response.header(HeaderNames.LOCATION, "/" + Base64Url.encode(id) + "/");
      response.send();
      return;
    }
    Optional<Hash> found = manifest.find(wanted);
    if (found.isEmpty()) {
      throw new ItemRejected(404, "The manifest has no path " + wanted + ".");
    }
    data(item(found.get()), request, response, head);
  }

  private void data(ItemRecord item, ServerRequest request, ServerResponse response, boolean head)
      throws IOException {
    String etag = "\"" + Base64Url.encode(item.id()) + "\"";
    response.header(HeaderNames.ETAG, etag);
    response.header(HeaderNames.CACHE_CONTROL, IMMUTABLE);
    response.header(NOSNIFF, "nosniff");
    response.header(DATA_ID, Base64Url.encode(item.id()));
    response.header(OWNER, Base64Url.encode(item.header().address()));
    if (request.headers().value(HeaderNames.IF_NONE_MATCH).orElse("").contains(etag)) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, item.contentType());
    ContentRange.Served range = ContentRange.apply(request, response, item.dataSize());
    if (head || range.unsatisfiable()) {
      response.send();
      return;
    }
    Streaming.send(response, out -> store.read(item, range.from(), range.length(), out));
  }

  /** {@code /tx/ID}, {@code /tx/ID/status}, {@code /tx/ID/data}. */
  void transaction(List<String> rest, ServerRequest request, ServerResponse response)
      throws IOException {
    ItemRecord item = item(rest.isEmpty() ? "" : rest.getFirst());
    String what = rest.size() > 1 ? rest.get(1) : "";
    switch (what) {
      case "" -> Json.send(response, ItemJson.transaction(item));
      case "status" ->
          Json.send(
              response,
              Map.of(
                  "status",
                  "FINALIZED",
                  "block_height",
                  item.slot(),
                  "number_of_confirmations",
                  1));
      case "data" -> data(item, request, response, false);
      default -> throw new ItemRejected(404, "There is nothing at this path.");
    }
  }
}
