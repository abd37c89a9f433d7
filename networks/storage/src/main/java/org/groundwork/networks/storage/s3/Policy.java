package org.groundwork.networks.storage.s3;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A bucket's policy: statements that allow or deny. What it cannot understand it refuses. */
record Policy(List<Statement> statements) {
  /** The bound of S3. */
  static final int MAX_BYTES = 20 * 1024;

  private static final int MAX_DEPTH = 8;
  private static final Set<String> KEYS = Set.of("Version", "Id", "Statement");
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What all statements together say. */
  enum Decision {
    ALLOW,
    DENY,
    NOTHING
  }

  Policy {
    statements = List.copyOf(statements);
  }

  /**
   * Reads a policy.
   *
   * @param bucket the only one that its resources may name
   */
  static Policy parse(byte[] document, String bucket) throws S3Exception {
    if (document.length > MAX_BYTES) {
      throw S3Error.MalformedPolicy.exception("Policies are at most " + MAX_BYTES + " bytes.");
    }
    JsonNode root = json(document);
    if (!root.isObject()) {
      throw S3Error.MalformedPolicy.exception();
    }
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!KEYS.contains(field.getKey())) {
        throw S3Error.MalformedPolicy.exception("Unknown field " + field.getKey());
      }
    }
    JsonNode all = root.path("Statement");
    var statements = new ArrayList<Statement>();
    if (all.isObject()) {
      statements.add(Statement.of(all, bucket));
    }
    for (JsonNode one : all.isArray() ? all : JSON.createArrayNode()) {
      statements.add(Statement.of(one, bucket));
    }
    if (statements.isEmpty()) {
      throw S3Error.MalformedPolicy.exception("Missing required field Statement");
    }
    return new Policy(statements);
  }

  /** A small JSON document without duplicate fields. */
  static JsonNode json(byte[] document) throws S3Exception {
    try {
      JsonNode root = JSON.readTree(document);
      return root == null ? JSON.createArrayNode() : root;
    } catch (IOException e) {
      throw S3Error.MalformedPolicy.exception();
    }
  }

  /** A denial outweighs every permission. */
  Decision decide(Question question) {
    Decision decision = Decision.NOTHING;
    for (Statement statement : statements) {
      if (statement.speaksOf(question)) {
        if (!statement.allow()) {
          return Decision.DENY;
        }
        decision = Decision.ALLOW;
      }
    }
    return decision;
  }

  /** Whether it allows something to everybody, without a condition. */
  boolean publicly() {
    return statements.stream().anyMatch(Statement::publicly);
  }
}
