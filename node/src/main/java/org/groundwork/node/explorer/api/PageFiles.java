package org.groundwork.node.explorer.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The page's files, from a folder or from the program itself. Paths without an ending are the
 * page's own places: they get its first file.
 */
public final class PageFiles {
  private static final String RESOURCES = "/explorer/page/";
  private static final String INDEX = "index.html";

  /** Each part begins with a letter or digit: neither {@code ..} nor hidden files. */
  private static final Pattern PATH =
      Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private static final int MAX_PATH = 300;

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("geojson", "application/geo+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("pbf", "application/x-protobuf"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private static final byte[] NO_PAGE =
      ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Groundwork</title>"
              + "<p>The page is not built here. The API is at"
              + " <a href=\"/api/v1/overview\">/api/v1/overview</a>; what it answers says"
              + " <a href=\"/api/v1/openapi.yaml\">openapi.yaml</a>.</p></html>")
          .getBytes(StandardCharsets.UTF_8);

  private final Optional<Path> folder;
  private final Map<String, Answer> known = new ConcurrentHashMap<>();

  public PageFiles(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * The file of a path.
   *
   * @param path without its first slash
   * @return empty if there is none
   */
  Optional<Answer> file(String path) throws IOException {
    if (path.length() > MAX_PATH || !(path.isEmpty() || PATH.matcher(path).matches())) {
      return Optional.empty();
    }
    boolean place = !path.substring(path.lastIndexOf('/') + 1).contains(".");
    String file = place ? INDEX : path;
    Answer remembered = known.get(file);
    if (remembered != null && folder.isEmpty()) {
      return Optional.of(remembered);
    }
    Optional<byte[]> content = read(file);
    if (content.isEmpty() && place) {
      content = Optional.of(NO_PAGE);
    }
    Optional<Answer> answer = content.map(bytes -> Answer.of(type(file), bytes, Optional.empty()));
    answer.ifPresent(each -> known.put(file, each));
    return answer;
  }

  private static String type(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  private Optional<byte[]> read(String file) throws IOException {
    if (folder.isPresent()) {
      Path path = folder.get().resolve(file);
      return Files.isRegularFile(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
    }
    try (InputStream in = PageFiles.class.getResourceAsStream(RESOURCES + file)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }
}
