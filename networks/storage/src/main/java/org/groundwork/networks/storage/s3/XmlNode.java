package org.groundwork.networks.storage.s3;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of a small document that a client sent: no DTD, no entities, bounded. */
record XmlNode(String name, String text, List<XmlNode> children) {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_NODES = 100_000;

  XmlNode {
    children = List.copyOf(children);
  }

  static XmlNode parse(byte[] document, String root) throws S3Exception {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(document));
      XmlNode node = new Parser(reader).document();
      if (!node.name().equals(root)) {
        throw S3Error.MalformedXML.exception();
      }
      return node;
    } catch (XMLStreamException e) {
      throw S3Error.MalformedXML.exception();
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  Optional<String> child(String name) {
    return children.stream().filter(c -> c.name().equals(name)).map(XmlNode::text).findFirst();
  }

  List<XmlNode> all(String name) {
    return children.stream().filter(c -> c.name().equals(name)).toList();
  }

  private static final class Parser {
    private final XMLStreamReader reader;
    private int nodes;

    Parser(XMLStreamReader reader) {
      this.reader = reader;
    }

    XmlNode document() throws XMLStreamException, S3Exception {
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          XmlNode root = element(1);
          while (reader.hasNext()) {
            reader.next();
          }
          return root;
        }
        refuseDtd(event);
      }
      throw S3Error.MalformedXML.exception();
    }

    private XmlNode element(int depth) throws XMLStreamException, S3Exception {
      if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
        throw S3Error.MalformedXML.exception("The document is too deep or too large.");
      }
      String name = reader.getLocalName();
      var text = new StringBuilder();
      var children = new ArrayList<XmlNode>();
      for (int event = reader.next();
          event != XMLStreamConstants.END_ELEMENT;
          event = reader.next()) {
        refuseDtd(event);
        if (event == XMLStreamConstants.START_ELEMENT) {
          children.add(element(depth + 1));
        } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
          text.append(reader.getText());
        }
      }
      return new XmlNode(name, text.toString(), children);
    }

    private static void refuseDtd(int event) throws S3Exception {
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw S3Error.MalformedXML.exception("A document type or entity is not allowed.");
      }
    }
  }
}
