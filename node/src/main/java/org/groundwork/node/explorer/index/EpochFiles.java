package org.groundwork.node.explorer.index;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.groundwork.engine.files.Manifest;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/** Where published results come from. */
public interface EpochFiles {
  /**
   * Some files of a result, each checked against the manifest beside it.
   *
   * @param check what else must hold; who sends something else is passed over
   * @return empty if everybody was asked and nobody has the result
   * @throws IOException if it may be had later
   */
  Optional<Published> files(EpochNumber epoch, Hash resultHash, Set<String> paths, Check check)
      throws IOException;

  /** What must hold of files beside their hashes. */
  interface Check {
    void check(Published published) throws Malformed;
  }

  /**
   * Files by path.
   *
   * @param manifest of all files of the result
   */
  record Published(Manifest manifest, SortedMap<String, Bytes> files) {
    /** A file that was asked for. */
    Bytes file(String path) throws Malformed {
      return find(path).orElseThrow(() -> new Malformed("no file " + path));
    }

    Optional<Bytes> find(String path) {
      return Optional.ofNullable(files.get(path));
    }
  }
}
