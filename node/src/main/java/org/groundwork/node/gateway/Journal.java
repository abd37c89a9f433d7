package org.groundwork.node.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.groundwork.engine.store.DurableFile;
import org.groundwork.node.files.DamagedFile;
import org.groundwork.node.files.Durable;
import org.groundwork.node.files.Frame;
import org.groundwork.node.files.FrameReader;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SlotNumber;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway has promised, in the order in which it came: for each slot files of group commits.
 * A write that failed is cut off again and the slot goes on in a new file, so that what was
 * acknowledged before is never touched. Not safe for use by several threads.
 */
final class Journal implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final Pattern NAME = Pattern.compile("(\\d{12})-(\\d{6})\\.journal");

  private final Path folder;
  private final GrowingFile.Disk disk;
  private @Nullable Open open;

  /** The file that is being written. */
  private static final class Open {
    final SlotNumber slot;
    final GrowingFile file;
    long size;

    Open(SlotNumber slot, GrowingFile file) {
      this.slot = slot;
      this.file = file;
    }
  }

  private Journal(Path folder, GrowingFile.Disk disk) {
    this.folder = folder;
    this.disk = disk;
  }

  /**
   * Opens a journal; cuts off what a crash left unfinished.
   *
   * @throws DamagedFile if there is damage that a crash cannot explain
   */
  static Journal open(Path folder, GrowingFile.Disk disk) throws IOException {
    DurableFile.createFolder(folder);
    Journal journal = new Journal(folder, disk);
    for (SlotNumber slot : journal.slots()) {
      for (Path file : journal.files(slot)) {
        cutTornTail(file);
      }
    }
    return journal;
  }

  private static void cutTornTail(Path file) throws IOException {
    long good;
    long size;
    try (FrameReader reader = new FrameReader(file)) {
      while (reader.next().isPresent()) {
        // Only the end is wanted.
      }
      good = reader.position();
      size = reader.size();
    }
    if (good < size) {
      LOG.warn("{}: dropped {} bytes that were never acknowledged", file, size - good);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(good);
        channel.force(true);
      }
    }
  }

  /** Appends one group commit; it is durable when this returns, and not there if this throws. */
  void append(SlotNumber slot, List<Report> reports) throws IOException {
    int size = 4;
    for (Report report : reports) {
      size += report.encodedSize();
    }
    CanonicalWriter content = new CanonicalWriter(size).u32(reports.size());
    reports.forEach(report -> report.writeTo(content));
    Open current = openFor(slot);
    try {
      Bytes bytes = content.toBytes();
      current.file.append(Frame.around(bytes));
      current.file.force();
      current.size += Frame.HEADER + bytes.size();
    } catch (IOException e) {
      abandon(current);
      throw e;
    }
  }

  private Open openFor(SlotNumber slot) throws IOException {
    Open current = open;
    if (current != null && current.slot.equals(slot)) {
      return current;
    }
    if (current != null) {
      open = null;
      current.file.close();
    }
    List<Path> before = files(slot);
    int part = before.isEmpty() ? 0 : part(before.getLast()) + 1;
    Path file = folder.resolve("%012d-%06d.journal".formatted(slot.value(), part));
    Open next = new Open(slot, disk.create(file));
    open = next;
    return next;
  }

  private void abandon(Open failed) {
    open = null;
    try (GrowingFile file = failed.file) {
      file.truncate(failed.size);
    } catch (IOException e) {
      LOG.warn("A failed write could not be cut off: {}; it will be sealed as well", e.toString());
    }
  }

  /** Takes one group commit after the other. */
  interface Commits {
    void accept(List<Report> reports) throws IOException;
  }

  /** Reads the group commits of a slot, in order. */
  void read(SlotNumber slot, Commits commits) throws IOException {
    for (Path file : files(slot)) {
      try (FrameReader reader = new FrameReader(file)) {
        for (Optional<Bytes> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
          commits.accept(decode(file, reader.position(), entry.get()));
        }
      }
    }
  }

  private static List<Report> decode(Path file, long position, Bytes content) throws DamagedFile {
    CanonicalReader in = new CanonicalReader(content);
    try {
      long count = in.u32();
      List<Report> reports = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        reports.add(Report.read(in));
      }
      in.end();
      return List.copyOf(reports);
    } catch (Malformed e) {
      throw new DamagedFile(file, position, e.getMessage() + " in an entry");
    }
  }

  /** The slots that have files. */
  NavigableSet<SlotNumber> slots() throws IOException {
    NavigableSet<SlotNumber> slots = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> {
        Matcher name = name(file);
        if (name.matches()) {
          slots.add(new SlotNumber(Long.parseLong(name.group(1))));
        }
      });
    }
    return slots;
  }

  /** Removes the files of a slot, durably. */
  void delete(SlotNumber slot) throws IOException {
    Open current = open;
    if (current != null && current.slot.equals(slot)) {
      open = null;
      current.file.close();
    }
    for (Path file : files(slot)) {
      Files.deleteIfExists(file);
      Durable.forceFolder(file);
    }
  }

  @Override
  public void close() throws IOException {
    Open current = open;
    if (current != null) {
      open = null;
      current.file.close();
    }
  }

  private List<Path> files(SlotNumber slot) throws IOException {
    String prefix = "%012d-".formatted(slot.value());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name(file).matches())
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private static int part(Path file) {
    Matcher name = name(file);
    if (!name.matches()) {
      throw new IllegalArgumentException("not a journal file: " + file);
    }
    return Integer.parseInt(name.group(2));
  }

  private static Matcher name(Path file) {
    return NAME.matcher(file.getFileName().toString());
  }
}
