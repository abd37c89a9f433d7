package org.groundwork.networks.storage.s3;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a bucket's policy is asked: may this user do this with this?
 *
 * @param action as policies name it, {@code s3:GetObject} for example
 * @param resource a bucket, or a bucket and a key with a slash between
 * @param keys what conditions can look at, by lower-case name
 */
record Question(User user, String action, String resource, SortedMap<String, String> keys) {
  private static final Map<String, String> HEADERS =
      Map.of("referer", "aws:referer", "user-agent", "aws:useragent");

  Question {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
  }

  static Question of(
      Call call, String action, String resource, Optional<ObjectRecord> object, Instant now) {
    S3Request request = call.request();
    var keys = new TreeMap<String, String>();
    keys.put("aws:sourceip", call.peer().address());
    keys.put("aws:securetransport", Boolean.toString(call.peer().secure()));
    keys.put("aws:currenttime", now.toString());
    keys.put("aws:epochtime", Long.toString(now.getEpochSecond()));
    User user = call.user();
    keys.put("aws:userid", user.id());
    keys.put("aws:principaltype", user.anonymous() ? "Anonymous" : "User");
    if (!user.anonymous()) {
      keys.put("aws:username", user.name());
    }
    for (String name : Conditions.PARAMETERS) {
      request.parameter(name).ifPresent(value -> keys.put("s3:" + lower(name), value));
    }
    request
        .headers()
        .forEach((name, value) -> {
          if (HEADERS.containsKey(name)) {
            keys.put(HEADERS.getOrDefault(name, ""), value);
          } else if (name.startsWith("x-amz-")) {
            keys.put("s3:" + name, value);
          }
        });
    object.ifPresent(o ->
        o.owned()
            .tags()
            .forEach((key, value) -> keys.put("s3:existingobjecttag/" + lower(key), value)));
    try {
      Tags.ofHeader(request)
          .forEach((key, value) -> keys.put("s3:requestobjecttag/" + lower(key), value));
    } catch (S3Exception malformed) {
      // The operation itself refuses them.
      keys.remove("s3:x-amz-tagging");
    }
    return new Question(user, action, resource, keys);
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
