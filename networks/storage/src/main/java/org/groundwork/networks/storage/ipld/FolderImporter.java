package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;

/**
 * Makes the DAG of a file, or of a folder with all below it. Links of the file system are left out.
 */
public final class FolderImporter {
  /** Larger folders are sharded by others; that is read here but not written. */
  private static final int MAX_FOLDER_BLOCK = 256 << 10;

  private static final Comparator<PbNode.Link> BY_NAME =
      Comparator.comparing(link -> Bytes.wrap(link.name().getBytes(StandardCharsets.UTF_8)));

  private FolderImporter() {}

  /**
   * Imports what is at a path.
   *
   * @throws IOException with one sentence if a folder has too many entries for one block
   */
  public static FileImporter.Dag run(Profile profile, Path path, BlockSink sink)
      throws IOException {
    if (!Files.isDirectory(path)) {
      try (InputStream in = Files.newInputStream(path)) {
        return FileImporter.run(profile, in, sink);
      }
    }
    List<Path> entries;
    try (Stream<Path> listed = Files.list(path)) {
      entries =
          listed
              .filter(entry ->
                  Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                      || Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
              .toList();
    }
    List<PbNode.Link> links = new ArrayList<>();
    long size = 0;
    for (Path entry : entries) {
      FileImporter.Dag dag = run(profile, entry, sink);
      PbNode.Link link = dag.link(String.valueOf(entry.getFileName()));
      size += link.name().length() + link.cid().encode().length;
      links.add(link);
    }
    if (size > MAX_FOLDER_BLOCK) {
      throw new IOException(
          path + " has " + links.size() + " entries, more than one block of UnixFS holds");
    }
    links.sort(BY_NAME);
    return FileImporter.node(profile, UnixFs.directory(), links, sink);
  }
}
