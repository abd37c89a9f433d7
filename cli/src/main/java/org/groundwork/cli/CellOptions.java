package org.groundwork.cli;

import java.io.IOException;
import java.util.Optional;
import org.groundwork.networks.sensing.customer.Places;
import org.groundwork.rules.kit.H3;
import picocli.CommandLine.Option;

/** Where something is, as a cell: what is more precise stays on this machine. */
final class CellOptions {
  @Option(names = "--lat", paramLabel = "DEGREES", description = "Latitude, north is positive.")
  private Optional<Double> latitude = Optional.empty();

  @Option(names = "--lon", paramLabel = "DEGREES", description = "Longitude, east is positive.")
  private Optional<Double> longitude = Optional.empty();

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      description = "Instead of both an H3 cell, in hex.")
  private Optional<String> cell = Optional.empty();

  boolean isGiven() {
    return latitude.isPresent() || longitude.isPresent() || cell.isPresent();
  }

  /**
   * The cell of a resolution that was named, or that holds the place that was.
   *
   * @throws Failure if none was, or it is no cell, or a coarser one
   */
  long at(int resolution) throws IOException {
    if (cell.isPresent()) {
      if (latitude.isPresent() || longitude.isPresent()) {
        throw new Failure("Give either --cell or --lat and --lon.");
      }
      return coarse(cell.get(), resolution);
    }
    if (latitude.isEmpty() || longitude.isEmpty()) {
      throw new Failure("Say where: --lat and --lon, or --cell.");
    }
    try {
      return Places.around(latitude.get(), longitude.get(), resolution, 0).getFirst();
    } catch (IllegalArgumentException e) {
      throw new Failure("Latitudes go from -90 to 90 and longitudes from -180 to 180.", e);
    }
  }

  private static long coarse(String hex, int resolution) {
    long bits;
    try {
      bits = Long.parseUnsignedLong(hex.startsWith("0x") ? hex.substring(2) : hex, 16);
    } catch (NumberFormatException e) {
      throw new Failure("\"" + hex + "\" is no H3 cell: 15 hex digits.", e);
    }
    if (!H3.isCell(bits)) {
      throw new Failure("\"" + hex + "\" is no H3 cell.");
    }
    if (H3.resolution(bits) < resolution) {
      throw new Failure(
          "%s is a cell of resolution %d; this network has cells of resolution %d."
              .formatted(hex, H3.resolution(bits), resolution));
    }
    return H3.parent(bits, resolution);
  }
}
