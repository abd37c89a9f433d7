package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which pages of other origins a browser may let use a bucket. */
record Cors(List<Rule> rules) {
  static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_RULES = 100;
  private static final int MAX_VALUES = 100;
  private static final int MAX_VALUE_CHARS = 1024;
  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");

  /** What pages of these origins may do. */
  record Rule(
      String id,
      List<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      String maxAge) {
    Rule {
      origins = List.copyOf(origins);
      methods = List.copyOf(methods);
      headers = List.copyOf(headers);
      exposed = List.copyOf(exposed);
    }

    boolean allows(String origin, String method, List<String> asked) {
      return origins.stream().anyMatch(o -> Wildcard.matches(o.replace("?", "\0"), origin))
          && methods.contains(method)
          && asked.stream()
              .allMatch(a -> headers.stream().anyMatch(h -> Wildcard.matches(lower(h), a)));
    }

    private static String lower(String name) {
      return name.toLowerCase(Locale.ROOT).replace("?", "\0");
    }

    boolean everyOrigin() {
      return origins.contains("*");
    }
  }

  Cors {
    rules = List.copyOf(rules);
  }

  static Cors parse(byte[] document) throws S3Exception {
    XmlNode root = XmlNode.parse(document, "CORSConfiguration");
    var rules = new ArrayList<Rule>();
    for (XmlNode node : root.all("CORSRule")) {
      rules.add(rule(node));
    }
    if (rules.isEmpty() || rules.size() > MAX_RULES) {
      throw S3Error.MalformedXML.exception();
    }
    return new Cors(rules);
  }

  private static Rule rule(XmlNode node) throws S3Exception {
    List<String> origins = values(node, "AllowedOrigin");
    List<String> methods = values(node, "AllowedMethod");
    List<String> headers = values(node, "AllowedHeader");
    if (origins.isEmpty() || methods.isEmpty()) {
      throw S3Error.MalformedXML.exception();
    }
    for (String method : methods) {
      if (!METHODS.contains(method)) {
        throw S3Error.InvalidRequest.exception(
            "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
      }
    }
    for (String pattern : origins) {
      requireOneStar(pattern, "AllowedOrigin");
    }
    for (String pattern : headers) {
      requireOneStar(pattern, "AllowedHeader");
    }
    String maxAge = node.child("MaxAgeSeconds").orElse("").strip();
    if (!maxAge.matches("[0-9]{0,9}")) {
      throw S3Error.MalformedXML.exception();
    }
    return new Rule(
        text(node.child("ID").orElse("")),
        origins,
        methods,
        headers,
        values(node, "ExposeHeader"),
        maxAge);
  }

  private static void requireOneStar(String pattern, String element) throws S3Exception {
    if (pattern.indexOf('*') != pattern.lastIndexOf('*')) {
      throw S3Error.InvalidRequest.exception(
          element + " \"" + pattern + "\" can not have more than one wildcard.");
    }
  }

  private static List<String> values(XmlNode node, String name) throws S3Exception {
    var values = new ArrayList<String>();
    for (XmlNode one : node.all(name)) {
      values.add(text(one.text()));
    }
    if (values.size() > MAX_VALUES) {
      throw S3Error.MalformedXML.exception();
    }
    return values;
  }

  private static String text(String value) throws S3Exception {
    String text = value.strip();
    if (text.length() > MAX_VALUE_CHARS || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw S3Error.MalformedXML.exception();
    }
    return text;
  }

  XmlWriter write() {
    XmlWriter xml = XmlWriter.root("CORSConfiguration");
    for (Rule rule : rules) {
      xml.start("CORSRule");
      if (!rule.id().isEmpty()) {
        xml.text("ID", rule.id());
      }
      rule.headers().forEach(header -> xml.text("AllowedHeader", header));
      rule.methods().forEach(method -> xml.text("AllowedMethod", method));
      rule.origins().forEach(origin -> xml.text("AllowedOrigin", origin));
      rule.exposed().forEach(header -> xml.text("ExposeHeader", header));
      if (!rule.maxAge().isEmpty()) {
        xml.text("MaxAgeSeconds", rule.maxAge());
      }
      xml.end();
    }
    return xml;
  }

  /** What a browser reads beside the answer itself, if the request came from a page. */
  static Map<String, String> headers(Buckets buckets, S3Request request) {
    Optional<String> origin = request.header("origin");
    if (origin.isEmpty() || request.bucket().isEmpty()) {
      return Map.of();
    }
    try {
      return headers(buckets, request, origin.get(), request.method(), List.of());
    } catch (S3Exception e) {
      return Map.of();
    }
  }

  private static Map<String, String> headers(
      Buckets buckets, S3Request request, String origin, String method, List<String> asked)
      throws S3Exception {
    String document = buckets.bucket(request.bucket()).cors();
    if (document.isEmpty()) {
      return Map.of();
    }
    for (Rule rule : parse(document.getBytes(StandardCharsets.UTF_8)).rules()) {
      if (rule.allows(origin, method, asked)) {
        return headers(rule, origin, asked);
      }
    }
    return Map.of();
  }

  private static Map<String, String> headers(Rule rule, String origin, List<String> asked) {
    var headers = new TreeMap<String, String>();
    headers.put("access-control-allow-origin", rule.everyOrigin() ? "*" : origin);
    if (!rule.everyOrigin()) {
      headers.put("access-control-allow-credentials", "true");
    }
    headers.put("access-control-allow-methods", String.join(", ", rule.methods()));
    headers.put("vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    if (!asked.isEmpty()) {
      headers.put("access-control-allow-headers", String.join(", ", asked));
    }
    if (!rule.exposed().isEmpty()) {
      headers.put("access-control-expose-headers", String.join(", ", rule.exposed()));
    }
    if (!rule.maxAge().isEmpty()) {
      headers.put("access-control-max-age", rule.maxAge());
    }
    return headers;
  }

  /** Answers what a browser asks before it lets a page send the request itself. */
  static Answer preflight(Buckets buckets, S3Request request) throws S3Exception {
    Optional<String> origin = request.header("origin");
    Optional<String> method = request.header("access-control-request-method");
    if (origin.isEmpty() || method.isEmpty()) {
      throw S3Error.BadRequest.exception("Insufficient information. Origin request header needed.");
    }
    var asked = new ArrayList<String>();
    String names = request.header("access-control-request-headers").orElse("");
    for (String name : names.split(",", MAX_VALUES)) {
      if (!name.isBlank()) {
        asked.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    Map<String, String> headers = headers(buckets, request, origin.get(), method.get(), asked);
    if (headers.isEmpty()) {
      throw S3Error.AccessForbidden.exception();
    }
    return Answer.empty(200, headers);
  }
}
