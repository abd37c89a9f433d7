package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Bytes;

/**
 * Makes the balanced UnixFS DAG of a file, in one pass and with memory for one node of each level.
 */
public final class FileImporter {
  /**
   * A DAG, or a part of one.
   *
   * @param dagBytes of all of its blocks, one that occurs twice counted twice
   * @param fileBytes of the file that it is
   */
  public record Dag(Cid cid, long dagBytes, long fileBytes) {
    PbNode.Link link(String name) {
      return new PbNode.Link(cid, name, dagBytes);
    }
  }

  private final Profile profile;
  private final BlockSink sink;

  /** Children that have no parent yet, leaves first. */
  private final List<List<Dag>> levels = new ArrayList<>();

  private FileImporter(Profile profile, BlockSink sink) {
    this.profile = profile;
    this.sink = sink;
  }

  /** Reads a stream to its end. */
  public static Dag run(Profile profile, InputStream in, BlockSink sink) throws IOException {
    return new FileImporter(profile, sink).read(in);
  }

  private Dag read(InputStream in) throws IOException {
    long offset = 0;
    for (byte[] chunk = in.readNBytes(profile.chunkBytes());
        chunk.length > 0 || offset == 0;
        chunk = in.readNBytes(profile.chunkBytes())) {
      add(0, leaf(chunk, offset));
      offset += chunk.length;
      if (chunk.length < profile.chunkBytes()) {
        break;
      }
    }
    return root();
  }

  private Dag leaf(byte[] chunk, long offset) throws IOException {
    byte[] block =
        profile.rawLeaves()
            ? chunk
            : new PbNode(List.of(), Optional.of(Bytes.wrap(UnixFs.leaf(chunk).encode()))).encode();
    Cid cid = Cid.of(profile.cidVersion(), profile.rawLeaves() ? Cid.RAW : Cid.DAG_PB, block);
    sink.leaf(cid, block, offset, chunk.length);
    return new Dag(cid, block.length, chunk.length);
  }

  private void add(int level, Dag dag) throws IOException {
    if (levels.size() == level) {
      levels.add(new ArrayList<>());
    }
    List<Dag> siblings = levels.get(level);
    siblings.add(dag);
    if (siblings.size() == profile.width()) {
      Dag parent = parent(siblings);
      siblings.clear();
      add(level + 1, parent);
    }
  }

  private Dag parent(List<Dag> children) throws IOException {
    UnixFs file = UnixFs.file(children.stream().map(Dag::fileBytes).toList());
    return node(profile, file, children.stream().map(child -> child.link("")).toList(), sink);
  }

  static Dag node(Profile profile, UnixFs unixFs, List<PbNode.Link> links, BlockSink sink)
      throws IOException {
    byte[] block = new PbNode(links, Optional.of(Bytes.wrap(unixFs.encode()))).encode();
    Cid cid = Cid.of(profile.cidVersion(), Cid.DAG_PB, block);
    sink.node(cid, block);
    long below = links.stream().mapToLong(PbNode.Link::size).sum();
    return new Dag(cid, block.length + below, unixFs.fileSize().orElse(0));
  }

  /** What is left of each level gets a parent, also a single child, until one node is left. */
  private Dag root() throws IOException {
    for (int level = 0; ; level++) {
      List<Dag> rest = levels.get(level);
      boolean top = level == levels.size() - 1;
      if (top && rest.size() == 1) {
        return rest.getFirst();
      }
      if (!rest.isEmpty()) {
        Dag parent = parent(rest);
        rest.clear();
        add(level + 1, parent);
      }
    }
  }
}
