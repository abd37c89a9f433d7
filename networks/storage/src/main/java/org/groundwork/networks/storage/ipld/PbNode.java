package org.groundwork.networks.storage.ipld;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** A node of DAG-PB: named links, then data (ipld.io, "DAG-PB"). */
public record PbNode(List<Link> links, Optional<Bytes> data) {
  /** Above 2 MiB, blocks are not exchanged by others; each link takes about 40 bytes. */
  static final int MAX_LINKS = 1 << 16;

  private static final int DATA = 1;
  private static final int LINKS = 2;
  private static final int LINK_HASH = 1;
  private static final int LINK_NAME = 2;
  private static final int LINK_SIZE = 3;

  /**
   * A link.
   *
   * @param size of everything below it, in bytes; what encoders claim, not to be relied on
   */
  public record Link(Cid cid, String name, long size) {}

  public PbNode {
    links = List.copyOf(links);
  }

  byte[] encode() {
    Protobuf.Writer out = new Protobuf.Writer();
    for (Link link : links) {
      out.bytes(
          LINKS,
          new Protobuf.Writer()
              .bytes(LINK_HASH, link.cid().encode())
              .bytes(LINK_NAME, link.name().getBytes(StandardCharsets.UTF_8))
              .number(LINK_SIZE, link.size())
              .toBytes());
    }
    data.ifPresent(content -> out.bytes(DATA, content.unsafeArray()));
    return out.toBytes();
  }

  static PbNode decode(byte[] bytes) throws Malformed {
    Protobuf.Reader in = new Protobuf.Reader(bytes);
    List<Link> links = new ArrayList<>();
    Optional<Bytes> data = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case DATA -> {
          if (data.isPresent()) {
            throw new Malformed("a DAG-PB node with data twice");
          }
          data = Optional.of(Bytes.wrap(in.bytes()));
        }
        case LINKS -> {
          if (links.size() == MAX_LINKS) {
            throw new Malformed("a DAG-PB node with more than " + MAX_LINKS + " links");
          }
          links.add(link(in.bytes()));
        }
        default -> throw new Malformed("a DAG-PB node with field " + in.field());
      }
    }
    return new PbNode(links, data);
  }

  private static Link link(byte[] bytes) throws Malformed {
    Protobuf.Reader in = new Protobuf.Reader(bytes);
    Optional<Cid> cid = Optional.empty();
    String name = "";
    long size = 0;
    while (in.next()) {
      switch (in.field()) {
        case LINK_HASH -> cid = Optional.of(Cid.decode(in.bytes()));
        case LINK_NAME -> name = new String(in.bytes(), StandardCharsets.UTF_8);
        case LINK_SIZE -> size = in.number();
        default -> throw new Malformed("a DAG-PB link with field " + in.field());
      }
    }
    return new Link(
        cid.orElseThrow(() -> new Malformed("a DAG-PB link without a CID")), name, size);
  }
}
