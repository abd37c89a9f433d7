package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.OutputStream;
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

    /** An XML document. */
    record Document(Bytes bytes) implements Content {}

    /** Bytes of an object. */
    record Stream(long length, Source source) implements Content {}
  }

  /** Writes the bytes of an object; holds on to them until it is closed. */
  interface Source extends AutoCloseable {
    void writeTo(OutputStream out) throws IOException, ObjectStoreException;

    @Override
    void close();
  }

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
    return new Answer(200, new TreeMap<>(headers), new Content.Document(Bytes.wrap(xml.bytes())));
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
        e.error().status(), new TreeMap<>(), new Content.Document(Bytes.wrap(xml.bytes())));
  }
}
