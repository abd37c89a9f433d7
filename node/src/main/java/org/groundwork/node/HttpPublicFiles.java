package org.groundwork.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.audit.PublicFiles;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.files.Manifest;
import org.groundwork.engine.files.ResultFiles;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentReader;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;

/** Public files from any of several nodes; whatever has an address is checked against it. */
public final class HttpPublicFiles implements PublicFiles {
  /** The most files of one result. */
  private static final int MAX_FILES = 200_000;

  private final List<NodeClient> nodes;

  public HttpPublicFiles(List<NodeClient> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** One way to get something from one node. */
  private interface Fetch<T> {
    Optional<T> from(NodeClient node) throws IOException, Malformed;
  }

  @Override
  public Optional<SegmentIndex> index(Hash hash) throws IOException {
    return fetch(node -> {
      Optional<Bytes> found = node.index(hash);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      SegmentIndex index = SegmentIndex.decode(found.get());
      require(index.hash().equals(hash), "another index");
      return Optional.of(index);
    });
  }

  @Override
  public Optional<Segment> segment(Hash hash) throws IOException {
    return fetch(node -> {
      Optional<Bytes> found = node.segment(hash);
      return found.isEmpty()
          ? Optional.empty()
          : Optional.of(SegmentReader.read(hash, found.get()));
    });
  }

  @Override
  public Optional<CarrySnapshot> carry(Hash root) throws IOException {
    if (root.equals(CarrySnapshot.EMPTY.root())) {
      return Optional.of(CarrySnapshot.EMPTY);
    }
    return fetch(node -> {
      Optional<Bytes> found = node.carry(root);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      CarrySnapshot carry = ResultFiles.decodeCarry(found.get());
      require(carry.root().equals(root), "another carry");
      return Optional.of(carry);
    });
  }

  @Override
  public Optional<EpochResult> result(EpochNumber epoch) throws IOException {
    return fetch(node -> {
      Optional<Bytes> manifest = node.file(epoch, ResultFiles.MANIFEST);
      return manifest.isEmpty()
          ? Optional.empty()
          : Optional.of(result(node, epoch, manifest.get()));
    });
  }

  private static EpochResult result(NodeClient node, EpochNumber epoch, Bytes encoded)
      throws IOException, Malformed {
    Manifest manifest = Manifest.decode(encoded);
    require(manifest.files().size() <= MAX_FILES, "too many files");
    Map<String, Bytes> files = new TreeMap<>();
    files.put(ResultFiles.MANIFEST, encoded);
    for (Manifest.Item item : manifest.files()) {
      Bytes content =
          node.file(epoch, item.path()).orElseThrow(() -> new Malformed("no file " + item.path()));
      require(Sha256.hash(content.unsafeArray()).equals(item.sha256()), "another " + item.path());
      files.put(item.path(), content);
    }
    return ResultFiles.decode(files);
  }

  private static void require(boolean condition, String otherwise) throws Malformed {
    if (!condition) {
      throw new Malformed(otherwise);
    }
  }

  /** From the first node that has it; fails if none has it and one could not be asked. */
  private <T> Optional<T> fetch(Fetch<T> fetch) throws IOException {
    List<String> failures = new ArrayList<>();
    for (NodeClient node : nodes) {
      try {
        Optional<T> found = fetch.from(node);
        if (found.isPresent()) {
          return found;
        }
      } catch (IOException | Malformed e) {
        failures.add(node.base() + ": " + e.getMessage());
      }
    }
    if (!failures.isEmpty()) {
      throw new IOException("Public files cannot be had: " + failures);
    }
    return Optional.empty();
  }
}
