package org.groundwork.networks.storage.s3;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The policy of a form: until when it may be sent, and what its fields may say. Every field has to
 * be covered by a condition, but for those that prove who signed.
 */
record FormPolicy(Instant expiration, List<Rule> rules, Bounds bounds) {
  private static final int MAX_RULES = 100;
  private static final Set<String> FREE =
      Set.of("policy", "x-amz-signature", "x-amz-algorithm", "x-amz-credential", "x-amz-date");
  private static final Set<String> HEADERS =
      Set.of(
          "content-type",
          "content-disposition",
          "content-encoding",
          "content-language",
          "cache-control",
          "expires");

  /** How many bytes the file may have. */
  record Bounds(long least, long most) {
    static final Bounds NONE = new Bounds(0, Long.MAX_VALUE);
  }

  /** What one field has to be, or to begin with. */
  record Rule(String field, String value, boolean prefix) {
    boolean holds(String actual) {
      return prefix ? actual.startsWith(value) : actual.equals(value);
    }
  }

  FormPolicy {
    rules = List.copyOf(rules);
  }

  /** Whether a field says what a header says elsewhere. */
  static boolean isHeader(String field) {
    return HEADERS.contains(field)
        || field.startsWith("x-amz-meta-")
        || field.startsWith("x-amz-checksum-")
        || field.startsWith("x-amz-server-side-encryption")
        || field.startsWith("x-amz-object-lock-")
        || field.equals("x-amz-storage-class")
        || field.equals("x-amz-tagging")
        || field.equals("x-amz-website-redirect-location");
  }

  /**
   * Reads a policy.
   *
   * @param base64 as the form has it
   */
  static FormPolicy parse(String base64) throws S3Exception {
    byte[] document;
    try {
      document = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw invalid("it is no base64");
    }
    JsonNode root;
    try {
      root = Policy.json(document);
    } catch (S3Exception e) {
      throw invalid("Invalid JSON.");
    }
    if (!root.path("expiration").isTextual() || !root.path("conditions").isArray()) {
      throw invalid("Policy missing expiration or conditions.");
    }
    Instant expiration;
    try {
      expiration = OffsetDateTime.parse(root.path("expiration").asText()).toInstant();
    } catch (DateTimeException e) {
      throw invalid("Invalid 'expiration' value.");
    }
    var rules = new ArrayList<Rule>();
    Bounds bounds = Bounds.NONE;
    if (root.path("conditions").size() > MAX_RULES) {
      throw invalid("Too many conditions.");
    }
    for (JsonNode condition : root.path("conditions")) {
      if (condition.isObject() && condition.size() == 1) {
        condition
            .properties()
            .forEach(field ->
                rules.add(new Rule(lower(field.getKey()), field.getValue().asText(), false)));
      } else if (condition.isArray() && condition.size() == 3) {
        if (lower(condition.path(0).asText()).equals("content-length-range")) {
          bounds = bounds(condition);
        } else {
          rules.add(rule(condition));
        }
      } else {
        throw invalid("Invalid condition.");
      }
    }
    return new FormPolicy(expiration, rules, bounds);
  }

  private static Bounds bounds(JsonNode condition) throws S3Exception {
    long least = condition.path(1).asLong(-1);
    long most = condition.path(2).asLong(-1);
    if (least < 0 || most < least) {
      throw invalid("Invalid content-length-range.");
    }
    return new Bounds(least, most);
  }

  private static Rule rule(JsonNode condition) throws S3Exception {
    String operator = lower(condition.path(0).asText());
    String field = condition.path(1).asText();
    boolean prefix = operator.equals("starts-with");
    if (!field.startsWith("$") || (!prefix && !operator.equals("eq"))) {
      throw invalid("Invalid condition.");
    }
    return new Rule(lower(field.substring(1)), condition.path(2).asText(), prefix);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static S3Exception invalid(String why) {
    return S3Error.InvalidPolicyDocument.exception("Invalid Policy: " + why);
  }

  /**
   * Checks a form.
   *
   * @return how many bytes its file may have
   */
  Bounds check(Map<String, String> fields, String key, String bucket, Instant now)
      throws S3Exception {
    if (!now.isBefore(expiration)) {
      throw denied("Policy expired.");
    }
    var covered = new HashSet<>(FREE);
    for (Rule rule : rules) {
      String actual =
          switch (rule.field()) {
            case "bucket" -> bucket;
            case "key" -> key;
            default -> fields.getOrDefault(rule.field(), "");
          };
      if (!rule.holds(actual)) {
        throw denied(
            "Policy Condition failed: [\""
                + (rule.prefix() ? "starts-with" : "eq")
                + "\", \"$"
                + rule.field()
                + "\", \""
                + rule.value()
                + "\"]");
      }
      covered.add(rule.field());
    }
    for (String field : fields.keySet()) {
      if (!covered.contains(field) && !field.startsWith("x-ignore-")) {
        throw denied("Extra input fields: " + field);
      }
    }
    return bounds;
  }

  private static S3Exception denied(String why) {
    return S3Error.AccessDenied.exception("Invalid according to Policy: " + why);
  }
}
