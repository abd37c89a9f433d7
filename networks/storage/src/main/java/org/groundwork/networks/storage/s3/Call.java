package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request whose signature holds, with the body that was not read yet.
 *
 * @param contentLength as sent; {@link #CHUNKED} if the transfer tells the end, {@link #ABSENT} if
 *     nothing does
 */
record Call(
    S3Request request,
    Authenticated authenticated,
    InputStream rawBody,
    long contentLength,
    Peer peer) {
  static final long CHUNKED = -1;
  static final long ABSENT = -2;

  /** S3's own bound: the list of 10,000 parts and the list of 1,000 keys fit. */
  static final int MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

  Body body(Optional<ChecksumAlgorithm> wanted) throws S3Exception {
    return Body.of(request, authenticated.payload(), rawBody, contentLength, wanted);
  }

  XmlNode document(String root) throws IOException {
    return XmlNode.parse(body(Optional.empty()).readDocument(MAX_DOCUMENT_BYTES), root);
  }

  /** The same, where checksum headers speak of something else than the document. */
  XmlNode documentAlone(String root) throws IOException {
    var headers = new TreeMap<>(request.headers());
    headers.keySet().removeIf(name -> ChecksumAlgorithm.ofHeader(name).isPresent());
    var bare =
        new S3Request(request.method(), request.path(), request.query(), headers, request.host());
    return new Call(bare, authenticated, rawBody, contentLength, peer).document(root);
  }

  User user() {
    return authenticated.user();
  }

  /** The version that is asked for; empty for the newest. */
  Optional<String> version() {
    return request.parameter("versionId").filter(id -> !id.isEmpty());
  }

  String bucket() {
    return request.bucket();
  }

  String key() {
    return request.key();
  }

  /** A number in the query, bounded. */
  int number(String parameter, int otherwise, int max) throws S3Exception {
    Optional<String> text = request.parameter(parameter).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= 0) {
        return Math.min(value, max);
      }
    } catch (NumberFormatException e) {
      throw S3Error.InvalidArgument.exception(parameter + " is not an integer.");
    }
    throw S3Error.InvalidArgument.exception(parameter + " is negative.");
  }
}
