package org.groundwork.networks.storage.arweave;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/**
 * Paths to items: {@code arweave/paths}, versions 0.1.0 and 0.2.0.
 *
 * @param index the path that stands for none
 * @param fallback what answers paths that are not there
 */
public record PathManifest(
    SortedMap<String, Hash> paths, Optional<String> index, Optional<Hash> fallback) {
  static final String CONTENT_TYPE = "application/x.arweave-manifest+json";
  static final int MAX_BYTES = 16 << 20;
  private static final int MAX_PATHS = 100_000;
  private static final ObjectMapper JSON = mapper();

  public PathManifest {
    paths = Collections.unmodifiableSortedMap(new TreeMap<>(paths));
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build());
    return mapper;
  }

  /** The item behind a path; an empty one is the index. */
  Optional<Hash> find(String path) {
    String wanted = path.isEmpty() ? index.orElse("") : path;
    return Optional.ofNullable(paths.get(wanted)).or(() -> fallback);
  }

  static PathManifest decode(byte[] bytes) throws Malformed {
    if (bytes.length > MAX_BYTES) {
      throw new Malformed("a manifest of more than " + MAX_BYTES + " bytes");
    }
    JsonNode json = json(bytes);
    if (!json.path("manifest").asText().equals("arweave/paths")) {
      throw new Malformed("a manifest that is not of arweave/paths");
    }
    JsonNode entries = json.path("paths");
    if (!entries.isObject() || entries.size() > MAX_PATHS) {
      throw new Malformed("a manifest without paths, or with more than " + MAX_PATHS);
    }
    SortedMap<String, Hash> paths = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : entries.properties()) {
      paths.put(entry.getKey(), id(entry.getValue().path("id")));
    }
    JsonNode index = json.path("index").path("path");
    JsonNode fallback = json.path("fallback").path("id");
    return new PathManifest(
        paths,
        index.isTextual() ? Optional.of(index.textValue()) : Optional.empty(),
        fallback.isTextual() ? Optional.of(id(fallback)) : Optional.empty());
  }

  private static JsonNode json(byte[] bytes) throws Malformed {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new Malformed("a manifest that is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Hash id(JsonNode node) throws Malformed {
    return Base64Url.id(node.asText())
        .orElseThrow(() -> new Malformed("a manifest with the id " + node));
  }
}
