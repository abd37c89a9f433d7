package org.groundwork.networks.storage.s3;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One statement of a policy.
 *
 * @param allow or deny
 * @param principals identifiers of users, {@code *} for everybody
 * @param otherPrincipals whether it speaks of all but those; the same for actions and resources
 */
record Statement(
    boolean allow,
    List<String> principals,
    boolean otherPrincipals,
    List<String> actions,
    boolean otherActions,
    List<String> resources,
    boolean otherResources,
    List<Conditions.Condition> conditions) {
  private static final String ARN = "arn:aws:s3:::";
  private static final String EVERYBODY = "*";
  private static final int MAX_VALUES = 1000;
  private static final Set<String> KEYS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  Statement {
    principals = List.copyOf(principals);
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = List.copyOf(conditions);
  }

  static Statement of(JsonNode node, String bucket) throws S3Exception {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!KEYS.contains(field.getKey())) {
        throw S3Error.MalformedPolicy.exception("Unknown field " + field.getKey());
      }
    }
    String effect = node.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw S3Error.MalformedPolicy.exception("Invalid effect: " + effect);
    }
    boolean otherPrincipals = either(node, "Principal");
    boolean otherActions = either(node, "Action");
    boolean otherResources = either(node, "Resource");
    return new Statement(
        effect.equals("Allow"),
        principals(node.path(otherPrincipals ? "NotPrincipal" : "Principal")),
        otherPrincipals,
        actions(node.path(otherActions ? "NotAction" : "Action")),
        otherActions,
        resources(node.path(otherResources ? "NotResource" : "Resource"), bucket),
        otherResources,
        conditions(node.path("Condition")));
  }

  /** Whether the field is there as its opposite. */
  private static boolean either(JsonNode node, String name) throws S3Exception {
    if (node.has(name) == node.has("Not" + name)) {
      throw S3Error.MalformedPolicy.exception("Missing required field " + name);
    }
    return node.has("Not" + name);
  }

  private static List<String> texts(JsonNode node, String what) throws S3Exception {
    var texts = new ArrayList<String>();
    if (node.isValueNode() && !node.isNull()) {
      texts.add(node.asText());
    } else if (node.isArray()) {
      for (JsonNode one : node) {
        if (!one.isValueNode() || one.isNull()) {
          throw S3Error.MalformedPolicy.exception("Invalid " + what);
        }
        texts.add(one.asText());
      }
    }
    if (texts.isEmpty() || texts.size() > MAX_VALUES) {
      throw S3Error.MalformedPolicy.exception("Invalid " + what);
    }
    return texts;
  }

  private static List<String> principals(JsonNode node) throws S3Exception {
    if (node.isTextual() && node.asText().equals(EVERYBODY)) {
      return List.of(EVERYBODY);
    }
    if (!node.isObject() || node.size() != 1) {
      throw invalidPrincipal();
    }
    JsonNode aws = node.has("AWS") ? node.path("AWS") : node.path("CanonicalUser");
    var users = new ArrayList<String>();
    for (String text : texts(aws, "principal in policy")) {
      users.add(principal(text));
    }
    return users;
  }

  /** A user is named plainly, or as the last part of an ARN of IAM, or as the root of one. */
  private static String principal(String text) throws S3Exception {
    if (!text.startsWith("arn:")) {
      return text;
    }
    String[] parts = text.split(":", -1);
    if (parts.length != 6 || !parts[2].equals("iam")) {
      throw invalidPrincipal();
    }
    if (parts[5].equals("root")) {
      return parts[4];
    }
    if (!parts[5].startsWith("user/") || parts[5].endsWith("/")) {
      throw invalidPrincipal();
    }
    return parts[5].substring(parts[5].lastIndexOf('/') + 1);
  }

  private static S3Exception invalidPrincipal() {
    return S3Error.MalformedPolicy.exception("Invalid principal in policy");
  }

  private static List<String> actions(JsonNode node) throws S3Exception {
    var actions = new ArrayList<String>();
    for (String action : texts(node, "action")) {
      if (!action.equals(EVERYBODY) && !action.toLowerCase(Locale.ROOT).startsWith("s3:")) {
        throw S3Error.MalformedPolicy.exception("Policy has invalid action");
      }
      actions.add(action.toLowerCase(Locale.ROOT));
    }
    return actions;
  }

  private static List<String> resources(JsonNode node, String bucket) throws S3Exception {
    var resources = new ArrayList<String>();
    for (String arn : texts(node, "resource")) {
      String resource = arn.startsWith(ARN) ? arn.substring(ARN.length()) : arn;
      int slash = resource.indexOf('/');
      String named = slash < 0 ? resource : resource.substring(0, slash);
      boolean all = arn.equals("*");
      if (!all && (!arn.startsWith(ARN) || !Wildcard.matches(named, bucket))) {
        throw S3Error.MalformedPolicy.exception("Policy has invalid resource");
      }
      resources.add(resource);
    }
    return resources;
  }

  private static List<Conditions.Condition> conditions(JsonNode node) throws S3Exception {
    var conditions = new ArrayList<Conditions.Condition>();
    if (!node.isMissingNode() && !node.isObject()) {
      throw S3Error.MalformedPolicy.exception("Invalid Condition");
    }
    for (Map.Entry<String, JsonNode> operator : node.properties()) {
      if (!operator.getValue().isObject()) {
        throw S3Error.MalformedPolicy.exception("Invalid Condition");
      }
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        conditions.add(
            Conditions.Condition.of(
                operator.getKey(), key.getKey(), texts(key.getValue(), "condition")));
      }
    }
    return conditions;
  }

  boolean speaksOf(Question question) {
    return principals.stream().anyMatch(p -> is(p, question.user())) != otherPrincipals
        && any(actions, question.action().toLowerCase(Locale.ROOT)) != otherActions
        && any(resources, question.resource()) != otherResources
        && conditions.stream().allMatch(condition -> condition.holds(question));
  }

  private static boolean is(String principal, User user) {
    return principal.equals(EVERYBODY)
        || (!user.anonymous() && (principal.equals(user.id()) || principal.equals(user.name())));
  }

  private static boolean any(List<String> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, text));
  }

  boolean publicly() {
    return allow && conditions.isEmpty() && (otherPrincipals || principals.contains(EVERYBODY));
  }
}
