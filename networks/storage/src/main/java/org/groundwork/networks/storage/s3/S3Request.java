package org.groundwork.networks.storage.s3;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The head of a request: what was asked, decoded once.
 *
 * @param path the decoded path, from the slash on
 * @param query in the order of the request; a name without a value has the empty one
 * @param headers lower-case names; several values of one name joined by commas, as {@link
 *     HeaderBytes}
 * @param host a bucket that the host's name tells, so that the path is the key alone; or empty
 */
record S3Request(
    String method,
    String path,
    List<Parameter> query,
    SortedMap<String, String> headers,
    String host) {
  static final int MAX_KEY_BYTES = 1024;
  private static final int MAX_PARAMETERS = 256;
  private static final char DELETE = 0x7f;

  /** One decoded name and value of the query. */
  record Parameter(String name, String value) {}

  S3Request {
    query = List.copyOf(query);
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  /** With the bucket in the path. */
  S3Request(String method, String path, List<Parameter> query, SortedMap<String, String> headers) {
    this(method, path, query, headers, "");
  }

  /**
   * The same request, its bucket taken from the header Host where that names one.
   *
   * @param domain under which the buckets are; empty for none
   */
  S3Request underDomain(String domain) {
    String name = header("host").orElse("").toLowerCase(Locale.ROOT);
    int colon = name.lastIndexOf(':');
    String bare = colon < 0 ? name : name.substring(0, colon);
    String suffix = "." + domain;
    return !domain.isEmpty() && bare.endsWith(suffix) && bare.length() > suffix.length()
        ? new S3Request(
            method, path, query, headers, bare.substring(0, bare.length() - suffix.length()))
        : this;
  }

  static S3Request parse(
      String method, String rawPath, String rawQuery, Map<String, String> headers)
      throws S3Exception {
    String path = Percent.decodePath(rawPath);
    if (!path.startsWith("/")) {
      throw S3Error.InvalidURI.exception();
    }
    for (String value : headers.values()) {
      requirePrintable(value);
    }
    return new S3Request(method, path, parseQuery(rawQuery), new TreeMap<>(headers));
  }

  /** What ends up in a header of an answer must not be able to end it. */
  static void requirePrintable(String value) throws S3Exception {
    if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == DELETE)) {
      throw S3Error.InvalidArgument.exception("A header value holds a control character.");
    }
  }

  private static List<Parameter> parseQuery(String raw) throws S3Exception {
    var parameters = new ArrayList<Parameter>();
    for (String pair : split(raw)) {
      if (parameters.size() == MAX_PARAMETERS) {
        throw S3Error.InvalidURI.exception("Too many query parameters.");
      }
      int equals = pair.indexOf('=');
      parameters.add(
          equals < 0
              ? new Parameter(Percent.decodeQuery(pair), "")
              : new Parameter(
                  Percent.decodeQuery(pair.substring(0, equals)),
                  Percent.decodeQuery(pair.substring(equals + 1))));
    }
    return parameters;
  }

  private static List<String> split(String raw) {
    var pairs = new ArrayList<String>();
    int from = 0;
    while (from < raw.length()) {
      int to = raw.indexOf('&', from);
      int end = to < 0 ? raw.length() : to;
      if (end > from) {
        pairs.add(raw.substring(from, end));
      }
      from = end + 1;
    }
    return pairs;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  Optional<String> parameter(String name) {
    return query.stream().filter(p -> p.name().equals(name)).map(Parameter::value).findFirst();
  }

  boolean has(String parameter) {
    return parameter(parameter).isPresent();
  }

  /** The bucket's name; empty for the service itself. */
  String bucket() {
    if (!host.isEmpty()) {
      return host;
    }
    int slash = path.indexOf('/', 1);
    return slash < 0 ? path.substring(1) : path.substring(1, slash);
  }

  /** The object's key; empty for the bucket itself. */
  String key() {
    if (!host.isEmpty()) {
      return path.substring(1);
    }
    int slash = path.indexOf('/', 1);
    return slash < 0 ? "" : path.substring(slash + 1);
  }
}
