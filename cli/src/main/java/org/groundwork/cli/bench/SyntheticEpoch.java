package org.groundwork.cli.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.groundwork.engine.DeviceStake;
import org.groundwork.engine.Economy;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.Inputs;
import org.groundwork.engine.Networks;
import org.groundwork.engine.ParentSigners;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.PlannedOperator;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultDues;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.engine.segment.SegmentReader;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;

/**
 * A day of a network of meters: a function of its size.
 *
 * <p>Every device is active, has a stake, and belongs to a cell of {@value #DEVICES_PER_CELL} and
 * to an owner of {@value #DEVICES_PER_OWNER}. In each slot of an hour it reports a reading; some
 * readings are too high, and some further from their cell's median than allowed. The first device
 * of every {@value #DEVICES_PER_VOUCHER} reports a voucher of the one customer too. A slot's
 * reports are dealt out at random to the segments that hold them.
 *
 * <p>If devices do not sign, signatures are noise, for those who do not look at them.
 */
final class SyntheticEpoch {
  static final int SLOTS = 24;
  static final int DEVICES_PER_CELL = 100;
  static final int DEVICES_PER_OWNER = 20;
  static final int DEVICES_PER_VOUCHER = 100;

  /** With a voucher no more than the rules look at. */
  private static final long MAX_READINGS = 39;

  private static final int LIMIT = 1000;
  private static final int SPREAD = 150;
  private static final Bytes PARAMETERS = CounterNetwork.parameters(LIMIT, SPREAD);
  private static final int VERIFIERS = 4;
  private static final SigningDomain DOMAIN =
      SigningDomain.of(BigInteger.valueOf(31337), account("registry"));
  private static final NetworkId NETWORK = new NetworkId(1);
  private static final EpochNumber EPOCH = new EpochNumber(400);
  private static final EpochSchedule SCHEDULE = new EpochSchedule(1_700_000_000, 3600, SLOTS, 2);
  private static final AccountKey GATEWAY = key("gateway");
  private static final AccountKey CUSTOMER = key("customer");

  /** Bytes of a segment's records, at most: some 290,000 readings. */
  private static final int SEGMENT_BYTES = 48 << 20;

  private final int devices;
  private final long reports;
  private final boolean signed;
  private final List<DeviceKey> secretKeys;

  /** A day of so many devices and readings; vouchers come on top. */
  SyntheticEpoch(int devices, long reports, boolean signed) {
    if (devices < 1 || reports < (long) SLOTS * devices || reports > MAX_READINGS * devices) {
      throw new IllegalArgumentException(
          "each device sends %d to %d readings".formatted(SLOTS, MAX_READINGS));
    }
    this.devices = devices;
    this.reports = reports;
    this.signed = signed;
    this.secretKeys =
        signed
            ? IntStream.rangeClosed(1, devices)
                .parallel()
                .mapToObj(i -> DeviceKey.fromSecret(KeyType.ED25519, hash("secret " + i).toArray()))
                .toList()
            : List.of();
  }

  /** What {@link #segments} are handed to. */
  interface Receiver {
    void receive(Segment segment) throws IOException;
  }

  static Networks networks() {
    return new Networks(List.of(new CounterNetwork()));
  }

  long reports() {
    return reports + vouchers();
  }

  private int vouchers() {
    return Math.ceilDiv(devices, DEVICES_PER_VOUCHER);
  }

  /** Makes the day's segments, on all cores, and the index that lists them. */
  SegmentIndex segments(Receiver receiver) throws IOException {
    byte[][] keyHashes = new byte[devices][];
    IntStream.range(0, devices)
        .parallel()
        .forEach(i -> keyHashes[i] = publicKey(i + 1).hash().toArray());
    List<Callable<IndexEntry>> pieces = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      long bytes = reports / SLOTS * reading(1, 1, Hash.wrap(keyHashes[0]), 0).size();
      int count = (int) Math.max(1, Math.ceilDiv(bytes, SEGMENT_BYTES));
      for (int piece = 0; piece < count; piece++) {
        int ofSlot = slot;
        int number = pieces.size();
        int own = piece;
        pieces.add(() -> entry(readings(number, ofSlot, own, count, keyHashes), ofSlot, receiver));
      }
    }
    pieces.add(() -> entry(vouchers(pieces.size(), keyHashes), SLOTS - 1, receiver));
    List<IndexEntry> entries = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (Future<IndexEntry> done : threads.invokeAll(pieces)) {
        entries.add(done.get());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException("the epoch could not be made", e);
    }
    entries.removeIf(entry -> entry.records() == 0);
    entries.sort(Comparator.comparing(IndexEntry::segment));
    return new SegmentIndex(DOMAIN.deployment(), EPOCH, GATEWAY.account(), entries);
  }

  private static IndexEntry entry(Segment segment, int slot, Receiver receiver) throws IOException {
    receiver.receive(segment);
    SlotNumber arrived = SCHEDULE.firstSlot(EPOCH).plus(slot);
    List<SlotSignature> signatures =
        IntStream.range(0, VERIFIERS)
            .mapToObj(i -> key("verifier " + i))
            .map(key ->
                SlotSignature.sign(DOMAIN, EPOCH, GATEWAY.account(), segment.hash(), arrived, key))
            .sorted(Comparator.comparing(SlotSignature::verifier))
            .toList();
    return new IndexEntry(segment.hash(), segment.canonical().size(), segment.count(), signatures);
  }

  private Segment readings(int number, int slot, int piece, int pieces, byte[][] keyHashes)
      throws Malformed {
    CanonicalWriter records = new CanonicalWriter();
    int count = 0;
    for (int device = 1; device <= devices; device++) {
      for (int i = slot; i < readingsOf(device); i += SLOTS) {
        if (Math.floorMod(mix(device * 64L + i), pieces) == piece) {
          records.raw(reading(device, i + 1, Hash.wrap(keyHashes[device - 1]), value(device, i)));
          count++;
        }
      }
    }
    return segment(number, count, records.toBytes());
  }

  private Segment vouchers(int number, byte[][] keyHashes) throws Malformed {
    CanonicalWriter records = new CanonicalWriter();
    for (int i = 0; i < vouchers(); i++) {
      int device = 1 + i * DEVICES_PER_VOUCHER;
      Voucher voucher =
          new Voucher(
              DOMAIN.deployment(),
              NETWORK,
              CUSTOMER.account(),
              owner(device),
              reservation(device),
              hash("session " + device),
              Credits.of(1_000_000_000_000_000L + device));
      Bytes signature = CUSTOMER.sign(DOMAIN.digest(voucher.structHash()));
      Bytes payload = CounterNetwork.voucher(new SignedVoucher(voucher, signature));
      records.raw(record(device, 1000, Hash.wrap(keyHashes[device - 1]), payload));
    }
    return segment(number, vouchers(), records.toBytes());
  }

  private static Segment segment(int number, int count, Bytes records) throws Malformed {
    SegmentHeader header = new SegmentHeader(DOMAIN.deployment(), GATEWAY.account(), EPOCH, number);
    return SegmentReader.parse(
        new CanonicalWriter()
            .raw(Bytes.wrap("GWS1".getBytes(StandardCharsets.US_ASCII)))
            .hash(header.deployment().hash())
            .account(header.gateway())
            .u64(header.epoch().value())
            .u64(header.number())
            .u32(count)
            .raw(records)
            .toBytes());
  }

  private long readingsOf(int device) {
    return reports / devices + (device <= reports % devices ? 1 : 0);
  }

  /** Around the cell's level; one in 64 is too high, one in 64 far from the others. */
  private static long value(int device, int reading) {
    long level = 300L + Math.floorMod(mix(device / DEVICES_PER_CELL), 200);
    return switch (Math.floorMod(mix(device * 64L + reading), 64)) {
      case 0 -> LIMIT + 1;
      case 1 -> level + 2L * SPREAD;
      default -> level + Math.floorMod(mix(reading * 31L + device), SPREAD / 2);
    };
  }

  private Bytes reading(int device, int counter, Hash keyHash, long value) {
    return record(device, counter, keyHash, CounterNetwork.reading(value));
  }

  private Bytes record(int device, int counter, Hash keyHash, Bytes payload) {
    ReportBody body =
        new ReportBody(
            DOMAIN.deployment(),
            NETWORK,
            new DeviceId(device),
            keyHash,
            Sequence.of(EPOCH, counter),
            payload);
    return signed
        ? Report.sign(body, secretKeys.get(device - 1)).encode()
        : new Report(body.encode(), noise(device * 4096L + counter)).encode();
  }

  /** As incompressible as a signature. */
  private static Bytes noise(long seed) {
    ByteBuffer noise = ByteBuffer.allocate(Report.SIGNATURE_SIZE);
    for (int i = 0; noise.hasRemaining(); i++) {
      noise.putLong(mix(seed * 8 + i));
    }
    return Bytes.wrap(noise.array());
  }

  /** What the chain says, when these indexes were posted. */
  ResultPlan plan(SegmentIndex index) {
    List<PostedIndex> posted = List.of(new PostedIndex(GATEWAY.account(), index.hash()));
    SortedMap<AccountId, BigInteger> weights = new TreeMap<>();
    List<PlannedOperator> operators = new ArrayList<>();
    for (int i = 0; i < VERIFIERS; i++) {
      AccountId operator = account("operator " + i);
      weights.put(operator, BigInteger.TEN);
      operators.add(
          new PlannedOperator(
              PlannedOperator.Role.VERIFIER,
              operator,
              key("verifier " + i).account(),
              BigInteger.TEN));
    }
    operators.add(
        new PlannedOperator(
            PlannedOperator.Role.GATEWAY,
            account("gateway's operator"),
            GATEWAY.account(),
            BigInteger.ONE));
    return ResultPlan.of(
        new EpochPlan(
            DOMAIN,
            EPOCH,
            0,
            SCHEDULE,
            hash("parent"),
            hash("close"),
            Inputs.of(posted),
            operators,
            IntStream.rangeClosed(1, devices).mapToObj(this::device).toList(),
            List.of(
                new PlannedNetwork(
                    NETWORK,
                    CounterNetwork.KIND,
                    PARAMETERS,
                    CounterNetwork.rulesHash(PARAMETERS),
                    BootstrapBudget.NONE)),
            reservations(),
            IntStream.range(0, SLOTS).mapToObj(slot -> hash("block " + slot)).toList(),
            Optional.of(Price.of(200_000_000)),
            posted,
            new Economy(new BasisPoints(1000), new BasisPoints(500), EmissionSchedule.NONE, 2),
            IntStream.rangeClosed(1, devices)
                .mapToObj(i -> new DeviceStake(new DeviceId(i), TokenAmount.of(1000), false))
                .toList(),
            List.of(),
            Optional.of(
                new ResultDues(
                    EPOCH,
                    EPOCH,
                    new ParentSigners(weights, BigInteger.valueOf(10L * VERIFIERS))))));
  }

  private List<Reservation> reservations() {
    List<Reservation> reservations = new ArrayList<>();
    for (int i = 0; i < vouchers(); i++) {
      int device = 1 + i * DEVICES_PER_VOUCHER;
      reservations.add(
          new Reservation(
              reservation(device),
              CUSTOMER.account(),
              NETWORK,
              owner(device),
              Credits.of(5_000_000_000_000_000L),
              TokenAmount.of(7_000_000_000_000_000L),
              new EpochNumber(1000)));
    }
    return reservations;
  }

  /** The carry before: every device said Hello long ago. */
  CarrySnapshot carry() {
    SortedMap<CarryKey, Bytes> entries = new TreeMap<>();
    for (int i = 1; i <= devices; i++) {
      entries.put(
          CarryKey.activation(NETWORK, new DeviceId(i)),
          new CanonicalWriter().hash(publicKey(i).hash()).account(owner(i)).toBytes());
    }
    return new CarrySnapshot(entries);
  }

  private Device device(int number) {
    return new Device(
        new DeviceId(number),
        NETWORK,
        owner(number),
        publicKey(number),
        1 + number / DEVICES_PER_CELL);
  }

  private PublicKey publicKey(int device) {
    return signed
        ? secretKeys.get(device - 1).publicKey()
        : new PublicKey(KeyType.ED25519, hash("key " + device).bytes());
  }

  private static AccountId owner(int device) {
    return account("owner " + device / DEVICES_PER_OWNER);
  }

  private static ReservationId reservation(int device) {
    return new ReservationId(hash("reservation " + device));
  }

  private static AccountKey key(String name) {
    return AccountKey.fromSecret(hash("key of " + name).toArray());
  }

  private static AccountId account(String name) {
    return new AccountId(hash(name).bytes().slice(0, AccountId.SIZE));
  }

  private static Hash hash(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.UTF_8));
  }

  /** A number that looks random: the finisher of SplitMix64. */
  private static long mix(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
