package org.groundwork.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.audit.AuditFailure;
import org.groundwork.engine.audit.AuditFailure.Kind;
import org.groundwork.engine.audit.PublicFiles;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarryStore;
import org.groundwork.engine.files.Manifest;
import org.groundwork.engine.files.ResultFiles;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentReader;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Public files from any of several nodes. Whatever has an address is checked against it; who sends
 * something else is passed over.
 */
public final class HttpPublicFiles implements PublicFiles {
  /** The most files of one result. */
  private static final int MAX_FILES = 200_000;

  private final List<NodeClient> verifiers;
  private final List<NodeClient> all;

  public HttpPublicFiles(List<NodeClient> verifiers) {
    this(verifiers, List.of());
  }

  /**
   * Public files.
   *
   * @param gateways have segments and indexes only
   */
  public HttpPublicFiles(List<NodeClient> verifiers, List<NodeClient> gateways) {
    this.verifiers = List.copyOf(verifiers);
    List<NodeClient> everybody = new ArrayList<>(verifiers);
    everybody.addAll(gateways);
    all = List.copyOf(everybody);
  }

  /** One way to get something from one node. */
  private interface Fetch<T> {
    Optional<T> from(NodeClient node) throws IOException, Malformed;
  }

  @Override
  public Optional<SegmentIndex> index(Hash hash) throws IOException {
    return fetch(
        "index " + hash,
        all,
        node -> {
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
    return fetch(
        "segment " + hash,
        all,
        node -> {
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
    return fetch(
        "carry " + root,
        verifiers,
        node -> {
          Optional<Bytes> found = node.carry(root);
          return found.isEmpty()
              ? Optional.empty()
              : Optional.of(CarryStore.decode(root, found.get()));
        });
  }

  /** The segments of which somebody says that they hold a report. */
  public List<Hash> holding(DeviceId device, Sequence sequence) {
    Set<Hash> holding = new TreeSet<>();
    for (NodeClient node : all) {
      try {
        holding.addAll(node.holding(device, sequence));
      } catch (IOException e) {
        // The others may know.
      }
    }
    return List.copyOf(holding);
  }

  /** The roots of the carries that somebody says to have. */
  public Set<Hash> carries() {
    Set<Hash> roots = new HashSet<>();
    for (NodeClient node : verifiers) {
      try {
        roots.addAll(node.carries());
      } catch (IOException e) {
        // The others may know.
      }
    }
    return roots;
  }

  @Override
  public Optional<PublishedResult> result(EpochNumber epoch, Hash resultHash) throws IOException {
    // Who found something else is no liar for that.
    return result(epoch, "result " + resultHash, resultHash::equals);
  }

  /** What the first node that has judged an epoch publishes, be it accepted or not. */
  public Optional<PublishedResult> result(EpochNumber epoch) throws IOException {
    return result(epoch, "the result", _ -> true);
  }

  private Optional<PublishedResult> result(EpochNumber epoch, String what, Predicate<Hash> wanted)
      throws IOException {
    return fetch(
        what + " of epoch " + epoch,
        verifiers,
        node -> {
          Optional<Bytes> encoded = node.file(epoch, ResultFiles.MANIFEST);
          if (encoded.isEmpty()) {
            return Optional.empty();
          }
          Manifest manifest = Manifest.decode(encoded.get());
          return wanted.test(manifest.resultHash())
              ? Optional.of(result(node, epoch, manifest, encoded.get()))
              : Optional.empty();
        });
  }

  /** What else must hold of files that were asked for. */
  @FunctionalInterface
  public interface Check {
    void check(Manifest manifest, SortedMap<String, Bytes> files) throws Malformed;
  }

  /** Some files of a result, with the manifest that lists them all. */
  public record Selected(Manifest manifest, SortedMap<String, Bytes> files) {}

  /**
   * Some files of a result, each checked against the manifest of who publishes it.
   *
   * @param check what else must hold; who sends something else is passed over
   */
  public Optional<Selected> files(
      EpochNumber epoch, Hash resultHash, Set<String> paths, Check check) throws IOException {
    return fetch(
        "result " + resultHash + " of epoch " + epoch,
        verifiers,
        node -> {
          Optional<Bytes> encoded = node.file(epoch, ResultFiles.MANIFEST);
          if (encoded.isEmpty()) {
            return Optional.empty();
          }
          Manifest manifest = Manifest.decode(encoded.get());
          if (!manifest.resultHash().equals(resultHash)) {
            return Optional.empty();
          }
          SortedMap<String, Bytes> files = new TreeMap<>();
          for (Manifest.Item item : manifest.files()) {
            if (paths.contains(item.path())) {
              files.put(item.path(), file(node, epoch, item));
            }
          }
          require(files.keySet().equals(paths), "a manifest without " + paths);
          check.check(manifest, files);
          return Optional.of(new Selected(manifest, files));
        });
  }

  private static Bytes file(NodeClient node, EpochNumber epoch, Manifest.Item item)
      throws IOException, Malformed {
    Bytes content =
        node.file(epoch, item.path()).orElseThrow(() -> new Malformed("no file " + item.path()));
    require(Sha256.hash(content.unsafeArray()).equals(item.sha256()), "another " + item.path());
    return content;
  }

  private static PublishedResult result(
      NodeClient node, EpochNumber epoch, Manifest manifest, Bytes encoded)
      throws IOException, Malformed {
    require(manifest.files().size() <= MAX_FILES, "too many files");
    Map<String, Bytes> files = new TreeMap<>();
    files.put(ResultFiles.MANIFEST, encoded);
    for (Manifest.Item item : manifest.files()) {
      files.put(item.path(), file(node, epoch, item));
    }
    PublishedResult result = ResultFiles.decode(files);
    require(
        result.statement().structHash().equals(manifest.resultHash()),
        "another statement than the manifest's");
    return result;
  }

  private static void require(boolean condition, String otherwise) throws Malformed {
    if (!condition) {
      throw new Malformed(otherwise);
    }
  }

  /**
   * From the first node that has it.
   *
   * @return empty if all were asked and none has it
   * @throws AuditFailure if none has it, and one sent something else or could not be asked
   */
  private static <T> Optional<T> fetch(String what, List<NodeClient> nodes, Fetch<T> fetch)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> unreachable = new ArrayList<>();
    for (NodeClient node : nodes) {
      try {
        Optional<T> found = fetch.from(node);
        if (found.isPresent()) {
          return found;
        }
      } catch (Malformed e) {
        wrong.add(node.base() + ": " + e.getMessage());
      } catch (IOException e) {
        unreachable.add(node.base() + ": " + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      throw new AuditFailure(
          Kind.WRONG_FILE, "Somebody sent something else for " + what + ": " + wrong + ".");
    }
    if (!unreachable.isEmpty()) {
      throw new AuditFailure(
          Kind.UNREACHABLE,
          "Nobody who answered has " + what + "; not asked: " + unreachable + ".");
    }
    return Optional.empty();
  }
}
