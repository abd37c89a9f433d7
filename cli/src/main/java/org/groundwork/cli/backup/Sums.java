package org.groundwork.cli.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file {@code SHA256SUMS} of a backup, as {@code sha256sum} of coreutils writes and checks it.
 */
final class Sums {
  static final String NAME = "SHA256SUMS";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");
  private static final int BUFFER = 1 << 20;

  private Sums() {}

  /** Hashes every file of a folder, makes it durable, and writes the sums. Returns their number. */
  static int write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    List<Path> files = files(folder);
    for (Path file : files) {
      String name = folder.relativize(file).toString();
      if (name.contains("\n") || name.contains("\\")) {
        throw new IOException("a file's name cannot be written into " + NAME + ": " + name);
      }
      text.append(hash(file, true)).append("  ").append(name).append('\n');
    }
    Files.writeString(folder.resolve(NAME), text);
    hash(folder.resolve(NAME), true);
    return files.size();
  }

  /**
   * Compares every file with its sum.
   *
   * @throws IOException that names the first file that differs, is missing, or is not listed
   */
  static void check(Path folder) throws IOException {
    SortedMap<String, String> sums = new TreeMap<>();
    for (String line : Files.readString(folder.resolve(NAME)).lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IOException(folder.resolve(NAME) + " is damaged at \"" + line + "\"");
      }
      sums.put(matcher.group(2), matcher.group(1));
    }
    for (Path file : files(folder)) {
      String name = folder.relativize(file).toString();
      String sum = sums.remove(name);
      if (sum == null) {
        throw new IOException(name + " is not listed in " + NAME);
      }
      if (!sum.equals(hash(file, false))) {
        throw new IOException(name + " differs from its sum: the backup is damaged");
      }
    }
    if (!sums.isEmpty()) {
      throw new IOException(sums.firstKey() + " is missing: the backup is damaged");
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.equals(folder.resolve(NAME)))
          .sorted()
          .toList();
    }
  }

  private static String hash(Path file, boolean force) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (FileChannel in =
        force
            ? FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
            : FileChannel.open(file, StandardOpenOption.READ)) {
      while (in.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      if (force) {
        in.force(false);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
