package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Requests whose signature is in their address. */
final class Presigning {
  private Presigning() {}

  static RawClient.Response send(
      Talk talk, String method, String path, long seconds, String body, String... extra)
      throws IOException {
    return send(talk, method, path, seconds, Instant.now(), body, extra);
  }

  static RawClient.Response send(
      Talk talk,
      String method,
      String path,
      long seconds,
      Instant date,
      String body,
      String... extra)
      throws IOException {
    RawClient.Request template = talk.request(method, path);
    template.date = date;
    var query = new StringBuilder();
    for (int i = 0; i < extra.length; i += 2) {
      query.append(extra[i]).append('=').append(Percent.encode(extra[i + 1])).append('&');
    }
    query
        .append("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=")
        .append(Percent.encode(template.accessKey + "/" + template.scope()))
        .append("&X-Amz-Date=")
        .append(template.timestamp())
        .append("&X-Amz-Expires=")
        .append(seconds)
        .append("&X-Amz-SignedHeaders=host");
    List<S3Request.Parameter> parameters =
        S3Request.parse(method, template.path, query.toString(), template.headers).query();
    String canonical =
        SigV4.canonicalRequest(
            method, path, parameters, new TreeMap<>(template.headers), SigV4.UNSIGNED_PAYLOAD);
    String signature =
        SigV4.sign(
            SigV4.signingKey(template.secret, template.scope()),
            SigV4.stringToSign(template.timestamp(), template.scope(), canonical));
    RawClient.Request request =
        new RawClient(talk.port())
            .request(method, template.path, query + "&X-Amz-Signature=" + signature)
            .body(body);
    request.anonymous = true;
    return request.send();
  }
}
