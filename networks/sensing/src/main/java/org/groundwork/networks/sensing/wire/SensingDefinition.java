package org.groundwork.networks.sensing.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.kit.H3;

/**
 * What the rules need of a founder's definition of a sensing network. Its bytes are the network's
 * parameters on chain.
 *
 * @param name what people call the network: lower case letters, digits and hyphens; so the chain
 *     itself says which network is which
 * @param cadenceSeconds how often a device reads: one step
 * @param windowSteps steps of a window, the time for which one verdict is given; normally an hour's
 * @param cellResolution H3 resolution of the cells that are sold and in which devices are placed;
 *     at most 8, so that no cell shows a home
 * @param devicesPerCell how many devices of one cell are paid in an epoch
 * @param regions H3 cells in which devices count, ascending; none for everywhere
 * @param minimumScore a device below it earns nothing in the epoch
 * @param pricePerCellEpoch what a customer pays for one cell and epoch
 * @param fields what is measured, in the order in which readings carry it
 * @param checks between fields
 * @param references SHA-256 of reference series that readings are compared with, ascending
 * @param trust what devices weigh by who holds their keys
 * @param prices of products that are sold alone, for one cell and epoch
 */
public record SensingDefinition(
    String name,
    long cadenceSeconds,
    int windowSteps,
    int cellResolution,
    int devicesPerCell,
    List<Long> regions,
    BasisPoints minimumScore,
    Credits pricePerCellEpoch,
    List<Field> fields,
    List<Consistency> checks,
    List<Hash> references,
    Trust trust,
    SortedMap<Product, Credits> prices) {
  /** The longest encoding, in bytes. */
  public static final int MAX_SIZE = 4096;

  public static final long MAX_CADENCE_SECONDS = 86_400;
  public static final int MAX_WINDOW_STEPS = 1440;
  public static final int MAX_RESOLUTION = 8;
  public static final int MAX_DEVICES_PER_CELL = 1000;
  public static final int MAX_REGIONS = 64;
  public static final int MAX_FIELDS = 16;
  public static final int MAX_REFERENCES = 16;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final int VERSION = 1;

  /** Has trust and prices behind what the first version has. */
  private static final int VERSION_2 = 2;

  public SensingDefinition {
    regions = List.copyOf(regions);
    fields = List.copyOf(fields);
    checks = List.copyOf(checks);
    references = List.copyOf(references);
    prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
    if (prices.containsKey(Product.ALL)) {
      throw new IllegalArgumentException("all products together have the price of a cell");
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a network's name: " + name);
    }
    within("cadenceSeconds", cadenceSeconds, 1, MAX_CADENCE_SECONDS);
    within("windowSteps", windowSteps, 1, MAX_WINDOW_STEPS);
    within("cellResolution", cellResolution, 0, MAX_RESOLUTION);
    within("devicesPerCell", devicesPerCell, 1, MAX_DEVICES_PER_CELL);
    within("regions", regions.size(), 0, MAX_REGIONS);
    within("fields", fields.size(), 1, MAX_FIELDS);
    within("checks", checks.size(), 0, Consistency.MAX_CHECKS);
    within("references", references.size(), 0, MAX_REFERENCES);
    for (long region : regions) {
      if (!H3.isCell(region) || H3.resolution(region) > cellResolution) {
        throw new IllegalArgumentException(
            "region "
                + Long.toHexString(region)
                + " is no cell of resolution "
                + cellResolution
                + " or coarser");
      }
    }
    if (!List.copyOf(new TreeSet<>(regions)).equals(regions)) {
      throw new IllegalArgumentException("regions are not ascending");
    }
    if (!List.copyOf(new TreeSet<>(references.stream().map(Hash::bytes).toList()))
        .equals(references.stream().map(Hash::bytes).toList())) {
      throw new IllegalArgumentException("references are not ascending");
    }
    Set<String> names = new TreeSet<>();
    for (Field field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException("two fields " + field.name());
      }
    }
    for (Consistency check : checks) {
      requireFields(check, fields);
    }
  }

  /** A definition under which all devices weigh the same, and products are sold together alone. */
  public SensingDefinition(
      String name,
      long cadenceSeconds,
      int windowSteps,
      int cellResolution,
      int devicesPerCell,
      List<Long> regions,
      BasisPoints minimumScore,
      Credits pricePerCellEpoch,
      List<Field> fields,
      List<Consistency> checks,
      List<Hash> references) {
    this(
        name,
        cadenceSeconds,
        windowSteps,
        cellResolution,
        devicesPerCell,
        regions,
        minimumScore,
        pricePerCellEpoch,
        fields,
        checks,
        references,
        Trust.FULL,
        new TreeMap<>());
  }

  /** The same with other weights and prices of products. */
  public SensingDefinition with(Trust other, SortedMap<Product, Credits> ofProducts) {
    return new SensingDefinition(
        name,
        cadenceSeconds,
        windowSteps,
        cellResolution,
        devicesPerCell,
        regions,
        minimumScore,
        pricePerCellEpoch,
        fields,
        checks,
        references,
        other,
        ofProducts);
  }

  /** The version of its encoding: the first one that can say all of it. */
  public int version() {
    return trust.equals(Trust.FULL) && prices.isEmpty() ? VERSION : VERSION_2;
  }

  /** What a product costs for one cell and epoch; empty if it is not sold alone. */
  public Optional<Credits> price(Product product) {
    return product == Product.ALL
        ? Optional.of(pricePerCellEpoch)
        : Optional.ofNullable(prices.get(product));
  }

  /** Where a field stands in readings. */
  public OptionalInt index(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Whether devices in this cell count. */
  public boolean isAllowed(long cell) {
    return H3.isCell(cell)
        && (regions.isEmpty()
            || regions.stream()
                .anyMatch(region ->
                    H3.resolution(region) <= H3.resolution(cell)
                        && H3.parent(cell, H3.resolution(region)) == region));
  }

  public Bytes encode() {
    CanonicalWriter out = new CanonicalWriter(1024);
    out.u8(version()).u8(name.length()).raw(Bytes.wrap(name.getBytes(StandardCharsets.US_ASCII)));
    out.u32(cadenceSeconds).u16(windowSteps).u8(cellResolution).u16(devicesPerCell);
    out.u16(minimumScore.value()).u256(pricePerCellEpoch.value());
    out.u8(regions.size());
    regions.forEach(out::u64);
    out.u8(fields.size());
    fields.forEach(field -> field.write(out));
    out.u8(checks.size());
    checks.forEach(check -> check.write(out));
    out.u8(references.size());
    references.forEach(out::hash);
    if (version() == VERSION_2) {
      trust.write(out);
      out.u8(prices.size());
      prices.forEach((product, price) -> out.u8(product.number()).u256(price.value()));
    }
    return out.toBytes();
  }

  /** Reads what {@link #encode} writes, and nothing else. */
  public static SensingDefinition decode(Bytes bytes) throws Malformed {
    if (bytes.size() > MAX_SIZE) {
      throw new Malformed("a definition of " + bytes.size() + " bytes");
    }
    CanonicalReader in = new CanonicalReader(bytes);
    int version = in.u8();
    if (version != VERSION && version != VERSION_2) {
      throw new Malformed("definition version " + version);
    }
    try {
      byte[] name = in.raw(in.u8()).unsafeArray();
      long cadence = in.u32();
      int window = in.u16();
      int resolution = in.u8();
      int devices = in.u16();
      BasisPoints minimum = new BasisPoints(in.u16());
      Credits price = new Credits(in.u256());
      List<Long> regions = new ArrayList<>();
      for (int left = in.u8(); left > 0; left--) {
        regions.add(in.u64());
      }
      List<Field> fields = new ArrayList<>();
      for (int left = in.u8(); left > 0; left--) {
        fields.add(Field.read(in));
      }
      List<Consistency> checks = new ArrayList<>();
      for (int left = in.u8(); left > 0; left--) {
        checks.add(Consistency.read(in));
      }
      List<Hash> references = new ArrayList<>();
      for (int left = in.u8(); left > 0; left--) {
        references.add(in.hash());
      }
      Trust trust = version == VERSION ? Trust.FULL : Trust.read(in);
      SortedMap<Product, Credits> prices = version == VERSION ? new TreeMap<>() : prices(in);
      in.end();
      SensingDefinition read =
          new SensingDefinition(
              new String(name, StandardCharsets.ISO_8859_1),
              cadence,
              window,
              resolution,
              devices,
              regions,
              minimum,
              price,
              fields,
              checks,
              references,
              trust,
              prices);
      if (read.version() != version) {
        throw new Malformed("version " + read.version() + " says the same");
      }
      return read;
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a definition: " + e.getMessage());
    }
  }

  private static SortedMap<Product, Credits> prices(CanonicalReader in) throws Malformed {
    TreeMap<Product, Credits> prices = new TreeMap<>();
    for (int left = in.u8(); left > 0; left--) {
      Product product = Product.of(in.u8());
      if (!prices.isEmpty() && prices.lastKey().compareTo(product) >= 0) {
        throw new Malformed("products are not ascending");
      }
      prices.put(product, new Credits(in.u256()));
    }
    return prices;
  }

  private static void requireFields(Consistency check, List<Field> fields) {
    if (check.field() >= fields.size() || check.other() >= fields.size()) {
      throw new IllegalArgumentException(check.kind() + " of a field that there is not");
    }
    if (check.kind() == Consistency.Kind.NOT_ABOVE
        && fields.get(check.field()).decimals() != fields.get(check.other()).decimals()) {
      throw new IllegalArgumentException(check.kind() + " of fields with other decimals");
    }
  }

  private static void within(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is from " + min + " to " + max + ", not " + value);
    }
  }
}
