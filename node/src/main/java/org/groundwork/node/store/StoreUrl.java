package org.groundwork.node.store;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.groundwork.engine.store.FolderStore;

/**
 * Where files are kept: {@code file:///FOLDER}, or {@code
 * s3://BUCKET/PREFIX?endpoint=URL&region=NAME&credentials=FILE}, of which all behind the bucket can
 * be left out.
 */
public sealed interface StoreUrl {
  /** A folder on this machine. */
  record Folder(Path path) implements StoreUrl {}

  /**
   * Object storage.
   *
   * @param prefix of all keys; empty, or with a slash at its end
   * @param endpoint Amazon's own without one
   * @param credentials the file of the keys; the environment has them without one
   */
  record Bucket(
      String name, String prefix, Optional<URI> endpoint, String region, Optional<Path> credentials)
      implements StoreUrl {}

  /** The region that S3-compatible servers take who have none. */
  String DEFAULT_REGION = "us-east-1";

  /**
   * Reads a URL.
   *
   * @throws IOException with one sentence for the operator
   */
  static StoreUrl parse(String text) throws IOException {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new IOException("The store's address is no URL.", e);
    }
    return switch (String.valueOf(url.getScheme())) {
      case "file" -> new Folder(folder(url));
      case "s3" -> bucket(url);
      default ->
          throw new IOException("A store is at file:///FOLDER or s3://BUCKET/PREFIX?endpoint=URL.");
    };
  }

  private static Path folder(URI url) throws IOException {
    try {
      return Path.of(url);
    } catch (IllegalArgumentException e) {
      throw new IOException("A folder is file:///FOLDER, from the root on.", e);
    }
  }

  private static Bucket bucket(URI url) throws IOException {
    String name = String.valueOf(url.getAuthority());
    if (name.contains("@")) {
      throw new IOException(
          "Keys do not belong into a URL: put them into the environment or into a file.");
    }
    if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new IOException(
          "A bucket's name has 3 to 63 lower-case letters, digits, dots, hyphens.");
    }
    Map<String, String> options = options(url);
    String path = url.getPath().replaceFirst("^/+", "");
    String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    Optional<URI> endpoint = Optional.empty();
    if (options.containsKey("endpoint")) {
      endpoint = Optional.of(endpoint(options.getOrDefault("endpoint", "")));
    }
    return new Bucket(
        name,
        prefix,
        endpoint,
        options.getOrDefault("region", DEFAULT_REGION),
        Optional.ofNullable(options.get("credentials")).map(Path::of));
  }

  private static URI endpoint(String text) throws IOException {
    if (!text.matches("https?://[^/?#@]+/?")) {
      throw new IOException("The endpoint of a store is http://HOST:PORT or https://HOST:PORT.");
    }
    return URI.create(text);
  }

  private static Map<String, String> options(URI url) throws IOException {
    Set<String> known = Set.of("endpoint", "region", "credentials");
    Map<String, String> options = new TreeMap<>();
    String query = Optional.ofNullable(url.getRawQuery()).orElse("");
    for (String option : query.split("&", -1)) {
      String key = option.replaceFirst("=.*", "");
      if (!option.isEmpty() && !known.contains(key)) {
        throw new IOException(
            "A store has no option \"" + key + "\"; there are endpoint, region, credentials.");
      }
      if (option.startsWith(key + "=")) {
        options.put(
            key, URLDecoder.decode(option.substring(key.length() + 1), StandardCharsets.UTF_8));
      }
    }
    return options;
  }

  /**
   * Opens the part of the store that belongs to one role.
   *
   * @param role a name of its own, as no two nodes may share files
   * @param environment where keys are looked for that are not in a file
   * @throws IOException with one sentence for the operator if it cannot be used
   */
  default OpenStore open(String role, Map<String, String> environment) throws IOException {
    return switch (this) {
      case Folder folder -> OpenStore.of(new FolderStore(folder.path().resolve(role)));
      case Bucket bucket -> {
        S3Store store = S3Store.open(bucket, S3Keys.of(bucket, environment));
        yield new OpenStore(store.under(role + "/"), store::close);
      }
    };
  }
}
