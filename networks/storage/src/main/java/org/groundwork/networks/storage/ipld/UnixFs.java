package org.groundwork.networks.storage.ipld;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/**
 * What a DAG-PB node's data say in UnixFS version 1.
 *
 * @param data of the file in this node itself; of a HAMT, its bit field; of a symlink, the target
 * @param fileSize bytes of the whole file below this node
 * @param blockSizes bytes of the file below each link
 * @param fanout of a HAMT
 */
public record UnixFs(
    Type type, Bytes data, OptionalLong fileSize, List<Long> blockSizes, long fanout) {
  /** The kinds of nodes. */
  public enum Type {
    RAW(0),
    DIRECTORY(1),
    FILE(2),
    METADATA(3),
    SYMLINK(4),
    HAMT(5);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    private static Type of(long code) throws Malformed {
      for (Type type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      throw new Malformed("UnixFS data of type " + code);
    }
  }

  private static final int TYPE = 1;
  private static final int DATA = 2;
  private static final int FILE_SIZE = 3;
  private static final int BLOCK_SIZES = 4;
  private static final int FANOUT = 6;

  public UnixFs {
    blockSizes = List.copyOf(blockSizes);
  }

  static UnixFs directory() {
    return new UnixFs(Type.DIRECTORY, Bytes.EMPTY, OptionalLong.empty(), List.of(), 0);
  }

  static UnixFs leaf(byte[] content) {
    return new UnixFs(
        Type.FILE, Bytes.wrap(content), OptionalLong.of(content.length), List.of(), 0);
  }

  static UnixFs file(List<Long> blockSizes) {
    long size = blockSizes.stream().mapToLong(Long::longValue).sum();
    return new UnixFs(Type.FILE, Bytes.EMPTY, OptionalLong.of(size), blockSizes, 0);
  }

  boolean isFile() {
    return type == Type.FILE || type == Type.RAW;
  }

  boolean isDirectory() {
    return type == Type.DIRECTORY || type == Type.HAMT;
  }

  byte[] encode() {
    Protobuf.Writer out = new Protobuf.Writer().number(TYPE, type.code);
    if (!data.isEmpty()) {
      out.bytes(DATA, data.unsafeArray());
    }
    fileSize.ifPresent(size -> out.number(FILE_SIZE, size));
    blockSizes.forEach(size -> out.number(BLOCK_SIZES, size));
    return out.toBytes();
  }

  static UnixFs decode(byte[] bytes) throws Malformed {
    Protobuf.Reader in = new Protobuf.Reader(bytes);
    long type = -1;
    Bytes data = Bytes.EMPTY;
    OptionalLong fileSize = OptionalLong.empty();
    List<Long> blockSizes = new ArrayList<>();
    long fanout = 0;
    while (in.next()) {
      switch (in.field()) {
        case TYPE -> type = in.number();
        case DATA -> data = Bytes.wrap(in.bytes());
        case FILE_SIZE -> fileSize = OptionalLong.of(in.number());
        case BLOCK_SIZES -> in.numbers(blockSizes);
        case FANOUT -> fanout = in.number();
        default -> in.skip();
      }
    }
    return new UnixFs(Type.of(type), data, fileSize, blockSizes, fanout);
  }
}
