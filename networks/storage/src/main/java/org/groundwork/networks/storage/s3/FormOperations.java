package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Uploads from a page's form: its fields are the headers, a signed policy bounds them. */
final class FormOperations {
  private final Access access;
  private final ObjectOperations objects;
  private final Authenticator authenticator;
  private final InstantSource clock;

  FormOperations(
      Access access, ObjectOperations objects, Authenticator authenticator, InstantSource clock) {
    this.access = access;
    this.objects = objects;
    this.authenticator = authenticator;
    this.clock = clock;
  }

  static boolean isForm(S3Request request) {
    return request.header("content-type").orElse("").startsWith("multipart/form-data");
  }

  Answer post(Call call) throws IOException {
    FormBody form = FormBody.read(call.rawBody(), call.request().header("content-type").orElse(""));
    Map<String, String> fields = form.fields();
    String key =
        Optional.ofNullable(fields.get("key"))
            .orElseThrow(() ->
                S3Error.InvalidArgument.exception("Bucket POST must contain a field named 'key'."))
            .replace("${filename}", form.fileName());
    if (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > S3Request.MAX_KEY_BYTES) {
      throw S3Error.InvalidArgument.exception("The key is empty or too long.");
    }
    FormPolicy.Bounds bounds = FormPolicy.Bounds.NONE;
    User user = User.ANONYMOUS;
    String document = fields.getOrDefault("policy", "");
    if (!document.isEmpty()) {
      user = signer(fields, document);
      bounds = FormPolicy.parse(document).check(fields, key, call.bucket(), clock.instant());
    } else if (fields.containsKey("x-amz-signature")) {
      throw S3Error.InvalidArgument.exception("Bucket POST must contain a field named 'policy'.");
    }
    Call upload = upload(call, user, form, fields, key, bounds);
    BucketRecord bucket = access.key(upload, "s3:PutObject", key);
    Answer stored = objects.put(upload, bucket);
    return answer(call, fields, key, stored);
  }

  private User signer(Map<String, String> fields, String document) throws S3Exception {
    if (!fields.getOrDefault("x-amz-algorithm", "").equals(SigV4.ALGORITHM)) {
      throw S3Error.InvalidArgument.exception(
          "Bucket POST must contain a field named 'x-amz-algorithm' with " + SigV4.ALGORITHM);
    }
    for (String needed : List.of("x-amz-credential", "x-amz-date", "x-amz-signature")) {
      if (!fields.containsKey(needed)) {
        throw S3Error.InvalidArgument.exception(
            "Bucket POST must contain a field named '" + needed + "'.");
      }
    }
    return authenticator.ofForm(
        document,
        fields.getOrDefault("x-amz-credential", ""),
        fields.getOrDefault("x-amz-signature", ""));
  }

  /** The fields that are headers elsewhere become headers; the file becomes the body. */
  private static Call upload(
      Call call,
      User user,
      FormBody form,
      Map<String, String> fields,
      String key,
      FormPolicy.Bounds bounds)
      throws S3Exception {
    var headers = new TreeMap<String, String>();
    for (var field : fields.entrySet()) {
      String name = field.getKey();
      if (FormPolicy.isHeader(name)) {
        S3Request.requirePrintable(field.getValue());
        headers.put(name, HeaderBytes.of(field.getValue()));
      }
    }
    Optional.ofNullable(fields.get("acl")).ifPresent(acl -> headers.put("x-amz-acl", acl));
    if (fields.containsKey("tagging")) {
      headers.put("x-amz-tagging", tagging(fields.getOrDefault("tagging", "")));
    }
    var request = new S3Request("PUT", "/" + key, List.of(), headers, call.bucket());
    return new Call(
        request,
        new Authenticated(user, new Authenticated.Payload.Unsigned()),
        form.file(bounds),
        Call.CHUNKED,
        call.peer());
  }

  /** A form writes tags as a document, a header as a query. */
  private static String tagging(String document) throws S3Exception {
    XmlNode xml = XmlNode.parse(document.getBytes(StandardCharsets.UTF_8), "Tagging");
    return Tags.ofDocument(xml, Tags.MAX_OBJECT_TAGS).entrySet().stream()
        .map(tag -> Percent.encode(tag.getKey()) + "=" + Percent.encode(tag.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static Answer answer(Call call, Map<String, String> fields, String key, Answer stored)
      throws S3Exception {
    String etag = stored.headers().getOrDefault("etag", "");
    String location = "/" + call.bucket() + "/" + Percent.encodePath(key);
    var headers = new TreeMap<>(stored.headers());
    headers.put("location", location);
    String redirect =
        fields.getOrDefault("success_action_redirect", fields.getOrDefault("redirect", ""));
    if (!redirect.isEmpty()) {
      headers.put("location", redirected(redirect, call.bucket(), key, etag));
      return Answer.empty(303, headers);
    }
    return switch (fields.getOrDefault("success_action_status", "")) {
      case "200" -> Answer.empty(200, headers);
      case "201" -> {
        XmlWriter xml = XmlWriter.plain("PostResponse");
        xml.text("Location", location)
            .text("Bucket", call.bucket())
            .text("Key", key)
            .text("ETag", etag);
        yield Answer.document(201, xml, headers);
      }
      default -> Answer.empty(204, headers);
    };
  }

  private static String redirected(String url, String bucket, String key, String etag)
      throws S3Exception {
    S3Request.requirePrintable(url);
    try {
      String scheme = String.valueOf(URI.create(url).getScheme());
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw S3Error.InvalidArgument.exception("The address to redirect to is no web address.");
      }
    } catch (IllegalArgumentException e) {
      throw S3Error.InvalidArgument.exception("The address to redirect to is malformed.");
    }
    return url
        + (url.contains("?") ? "&" : "?")
        + "bucket="
        + Percent.encode(bucket)
        + "&key="
        + Percent.encode(key)
        + "&etag="
        + Percent.encode(etag);
  }
}
