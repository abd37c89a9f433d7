package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.groundwork.networks.sensing.wire.ReferenceSeries;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/** Reference series in a folder, each in a file that is named by its SHA-256. */
final class ReferenceFolder {
  private static final String SUFFIX = ".series";

  /** More files are not read. */
  private static final int MAX_FILES = 1000;

  private final Map<Hash, ReferenceSeries> series;

  private ReferenceFolder(Map<Hash, ReferenceSeries> series) {
    this.series = series;
  }

  /** Keeps a series. */
  static Path add(Path folder, ReferenceSeries series) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(series.hash().toHex().substring(2) + SUFFIX);
    Files.write(file, series.encode().toArray());
    return file;
  }

  /** Those that a definition names. */
  static ReferenceFolder read(Path folder, SensingDefinition definition) throws IOException {
    Map<Hash, ReferenceSeries> named = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all =
          files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().limit(MAX_FILES).toList();
      for (Path file : all) {
        if (Files.size(file) > ReferenceSeries.MAX_SIZE) {
          throw new Failure(file + " is too large for a reference series.");
        }
        ReferenceSeries read = ReferenceSeries.decode(Bytes.wrap(Files.readAllBytes(file)));
        if (definition.references().contains(read.hash())) {
          named.put(read.hash(), read);
        }
      }
    } catch (NoSuchFileException e) {
      throw new Failure("There is no folder " + folder + ".", e);
    } catch (Malformed e) {
      throw new Failure("A file of " + folder + " is no reference series: " + e.getMessage(), e);
    }
    if (named.isEmpty()) {
      throw new Failure(
          "The network's definition names no series of "
              + folder
              + ": \"groundwork sensing reference add\", then \"network apply\".");
    }
    return new ReferenceFolder(named);
  }

  /** The reports with the series that have a value in an epoch. */
  List<Bytes> due(EpochSchedule schedule, EpochNumber epoch) {
    List<Bytes> due = new ArrayList<>();
    for (ReferenceSeries each : series.values()) {
      if (!each.between(schedule.opening(epoch), schedule.close(epoch)).isEmpty()) {
        due.add(new CanonicalWriter().u8(ReferenceSeries.TYPE).raw(each.encode()).toBytes());
      }
    }
    return due;
  }
}
