package org.groundwork.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which layout the files of a data folder have: one line in its file {@code FORMAT}. One number for
 * all folders of this program; a change of any file's layout raises it.
 */
public final class FolderFormat {
  /**
   * What this version writes. Folders without a number have layout 1. Layout 2 is that of a
   * provider whose pieces stand in an index, which is made from the folder when it is not there.
   */
  public static final int CURRENT = 2;

  /** The file's name. */
  public static final String NAME = "FORMAT";

  private static final Pattern LINE = Pattern.compile("groundwork data ([1-9][0-9]{0,8})\n");

  private FolderFormat() {}

  /**
   * Makes sure that this version can read a folder, and writes its number into an older one.
   *
   * @throws IOException if a newer version wrote it, or the number is damaged
   */
  public static void check(Path folder) throws IOException {
    Optional<Integer> found = read(folder.resolve(NAME));
    if (found.isEmpty() || found.get() < CURRENT) {
      write(folder);
    } else if (found.get() > CURRENT) {
      throw new IOException(
          "%s was written by a newer version of Groundwork (layout %d, this version knows %d)."
                  .formatted(folder, found.get(), CURRENT)
              + " Use that version, or another folder.");
    }
  }

  /**
   * The layout of a folder's files; empty if it says nothing, as folders of layout 1 do.
   *
   * @throws IOException if the number is damaged
   */
  public static Optional<Integer> of(Path folder) throws IOException {
    return read(folder.resolve(NAME));
  }

  private static Optional<Integer> read(Path file) throws IOException {
    String line;
    try {
      line = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IOException(file + " does not say which layout the folder has; it is damaged.");
    }
    return Optional.of(Integer.parseInt(matcher.group(1)));
  }

  private static void write(Path folder) throws IOException {
    DurableLog.createFolder(folder.toAbsolutePath());
    Path file = folder.resolve(NAME);
    Path next = folder.resolve(NAME + ".next");
    byte[] line = "groundwork data %d\n".formatted(CURRENT).getBytes(StandardCharsets.ISO_8859_1);
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer content = ByteBuffer.wrap(line);
      while (content.hasRemaining()) {
        out.write(content);
      }
      out.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    DurableLog.sync(folder);
  }
}
