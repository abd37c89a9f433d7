package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** Writes the small documents that S3 answers with. */
final class XmlWriter {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private final StringBuilder out = new StringBuilder(1024);
  private final ArrayDeque<String> open = new ArrayDeque<>();

  private XmlWriter() {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  }

  static XmlWriter root(String name) {
    var xml = new XmlWriter();
    xml.out.append('<').append(name).append(" xmlns=\"").append(NAMESPACE).append("\">");
    xml.open.push(name);
    return xml;
  }

  /** A document of one element with text. */
  static XmlWriter leaf(String name, String text) {
    XmlWriter xml = root(name);
    xml.escape(text);
    return xml;
  }

  /** The one element that S3 marks with a type. */
  XmlWriter grantee(String type) {
    out.append("<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
        .append(" xsi:type=\"")
        .append(type)
        .append("\">");
    open.push("Grantee");
    return this;
  }

  XmlWriter owner(String element, User user) {
    return start(element).text("ID", user.id()).text("DisplayName", user.name()).end();
  }

  /** The document of an error has no namespace. */
  static XmlWriter error() {
    return plain("Error");
  }

  /** Without a namespace. */
  static XmlWriter plain(String name) {
    return new XmlWriter().start(name);
  }

  XmlWriter start(String name) {
    out.append('<').append(name).append('>');
    open.push(name);
    return this;
  }

  XmlWriter end() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  XmlWriter text(String name, String value) {
    out.append('<').append(name).append('>');
    escape(value);
    out.append("</").append(name).append('>');
    return this;
  }

  XmlWriter number(String name, long value) {
    return text(name, Long.toString(value));
  }

  XmlWriter flag(String name, boolean value) {
    return text(name, Boolean.toString(value));
  }

  XmlWriter quoted(String name, String etag) {
    return text(name, "\"" + etag + "\"");
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> {
          if (c < ' ' || c == 0xfffe || c == 0xffff) {
            // As S3 does, though XML 1.0 cannot hold it: clients ask for encoding-type=url.
            out.append("&#").append((int) c).append(';');
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  byte[] bytes() {
    while (!open.isEmpty()) {
      end();
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
