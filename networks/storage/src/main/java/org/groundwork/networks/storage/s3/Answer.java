package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;

/** What a request is answered with. */
record Answer(int status, SortedMap<String, String> headers, Content content) {

  /** What follows the head of an answer. */
  sealed interface Content {
    /** Nothing. */
    record None() implements Content {}

    /** A document, of XML or JSON. */
    record Document(Bytes bytes, String type) implements Content {}

    /** Bytes of an object. */
    record Stream(long length, Source source) implements Content {}
  }

  /** Writes the bytes of an object; holds on to them until it is closed. */
  interface Source extends AutoCloseable {
    void writeTo(OutputStream out) throws IOException, ObjectStoreException;

    @Override
    void close();
  }

  private static final String XML = "application/xml";

  Answer {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  static Answer empty(int status) {
    return empty(status, Map.of());
  }

  static Answer empty(int status, Map<String, String> headers) {
    return new Answer(status, new TreeMap<>(headers), new Content.None());
  }

  static Answer document(XmlWriter xml) {
    return document(xml, Map.of());
  }

  static Answer document(XmlWriter xml, Map<String, String> headers) {
    return document(200, xml, headers);
  }

  static Answer document(int status, XmlWriter xml, Map<String, String> headers) {
    return new Answer(
        status, new TreeMap<>(headers), new Content.Document(Bytes.wrap(xml.bytes()), XML));
  }

  static Answer json(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Answer(
        200, new TreeMap<>(), new Content.Document(Bytes.wrap(bytes), "application/json"));
  }

  /** The same with more headers. */
  Answer with(Map<String, String> more) {
    var all = new TreeMap<>(headers);
    all.putAll(more);
    return new Answer(status, all, content);
  }

  static Answer error(S3Exception e, String resource, String requestId) {
    XmlWriter xml =
        XmlWriter.error()
            .text("Code", e.error().name())
            .text("Message", e.text())
            .text("Resource", resource)
            .text("RequestId", requestId)
            .text("HostId", requestId);
    return new Answer(
        e.error().status(), e.headers(), new Content.Document(Bytes.wrap(xml.bytes()), XML));
  }
}
