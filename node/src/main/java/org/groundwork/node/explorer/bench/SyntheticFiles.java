package org.groundwork.node.explorer.bench;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.files.Manifest;
import org.groundwork.engine.files.ResultFiles;
import org.groundwork.node.explorer.index.EpochFiles;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Published files of a made-up deployment, with the bytes that a verifier would publish. Two
 * epochs' files take turns; of a device one in fifty is silent and one in fifty fails.
 */
final class SyntheticFiles implements EpochFiles {
  static final int NETWORK = 1;
  private static final int VARIANTS = 2;
  private static final BigInteger CENT = BigInteger.TEN.pow(16);

  private final SyntheticSize size;
  private final List<Variant> variants = new ArrayList<>();

  /** One epoch's files, and what they come to. */
  record Variant(SortedMap<String, Bytes> files, Hash moneyRoot, List<Total> totals) {}

  SyntheticFiles(SyntheticSize size) {
    this.size = size;
    for (int i = 0; i < VARIANTS; i++) {
      variants.add(variant(new SplittableRandom(i)));
    }
  }

  Variant of(long epoch) {
    return variants.get((int) (epoch % VARIANTS));
  }

  private Variant variant(SplittableRandom random) {
    SortedMap<String, Bytes> files = new TreeMap<>();
    BigInteger[] paid = new BigInteger[size.devices() + 1];
    BigInteger sum = charges(random, files, paid);
    devices(random, files, paid);
    files.put(ResultFiles.ECONOMY, text("[]"));
    List<MoneyLeaf> leaves = leaves(files, paid);
    List<Total> totals =
        List.of(
            total(MoneyKind.PAYMENT, sum),
            total(MoneyKind.CHARGE, sum),
            total(MoneyKind.BASIS, sum));
    return new Variant(files, EpochResult.moneyRoot(leaves), totals);
  }

  private static Total total(MoneyKind kind, BigInteger amount) {
    return new Total(kind, new NetworkId(NETWORK), amount);
  }

  private static Bytes text(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private BigInteger charges(
      SplittableRandom random, SortedMap<String, Bytes> files, BigInteger[] paid) {
    StringBuilder out = new StringBuilder("[");
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < size.charges(); i++) {
      // So many pairs: the same device is always served to the same payer.
      int relation = i % size.relations();
      long device = 1 + (long) relation * 97 % size.devices();
      BigInteger amount = CENT.multiply(BigInteger.valueOf(1 + random.nextInt(100)));
      AccountId payer = SyntheticDeployment.account("payer", relation % size.payers());
      AccountId seller = SyntheticDeployment.account("owner", size.owner(device));
      Hash evidence = SyntheticDeployment.hash("deal", i);
      out.append(i == 0 ? "" : ",")
          .append("{\"network\":1,\"device\":\"")
          .append(device)
          .append("\",\"kind\":\"deal\",\"evidence\":\"")
          .append(evidence.toHex())
          .append("\",\"payer\":\"")
          .append(payer.toHex())
          .append("\",\"seller\":\"")
          .append(seller.toHex())
          .append("\",\"reservation\":\"")
          .append(evidence.toHex())
          .append("\",\"outcome\":\"money.charged\",\"asked\":\"")
          .append(amount)
          .append("\",\"charged\":\"")
          .append(amount)
          .append("\",\"basis\":\"")
          .append(amount)
          .append("\",\"paid\":\"")
          .append(amount)
          .append("\"}");
      BigInteger before = paid[(int) device];
      paid[(int) device] = before == null ? amount : before.add(amount);
      sum = sum.add(amount);
    }
    files.put(ResultFiles.CHARGES, text(out.append(']').toString()));
    return sum;
  }

  private void devices(SplittableRandom random, SortedMap<String, Bytes> files, BigInteger[] paid) {
    StringBuilder out = new StringBuilder(160 * size.devices()).append('[');
    boolean first = true;
    for (int device = 1; device <= size.devices(); device++) {
      int luck = random.nextInt(50);
      if (luck == 0 && paid[device] == null) {
        continue;
      }
      String amount = paid[device] == null ? "0" : paid[device].toString();
      out.append(first ? "" : ",")
          .append("{\"device\":\"")
          .append(device)
          .append("\",\"network\":1,\"charged\":\"")
          .append(amount)
          .append("\",\"paid\":\"")
          .append(amount)
          .append("\",\"verdicts\":{");
      first = false;
      int rejected = luck == 1 ? 24 : random.nextInt(10) == 0 ? 1 : 0;
      if (rejected < 24) {
        out.append("\"accepted\":").append(24 - rejected).append(rejected > 0 ? "," : "");
      }
      if (rejected > 0) {
        out.append("\"common.late\":").append(rejected);
      }
      out.append("},\"faultCounts\":{},\"faults\":[]}");
    }
    files.put(ResultFiles.DEVICES, text(out.append(']').toString()));
  }

  private List<MoneyLeaf> leaves(SortedMap<String, Bytes> files, BigInteger[] paid) {
    SortedMap<AccountId, BigInteger> owners = new TreeMap<>();
    for (int device = 1; device <= size.devices(); device++) {
      if (paid[device] != null) {
        owners.merge(
            SyntheticDeployment.account("owner", size.owner(device)),
            paid[device],
            BigInteger::add);
      }
    }
    List<MoneyLeaf> leaves = new ArrayList<>();
    StringBuilder out = new StringBuilder("{\"format\":\"standard-v1\",\"tree\":[],\"values\":[");
    owners.forEach((owner, amount) -> {
      MoneyLeaf leaf =
          new MoneyLeaf(MoneyKind.PAYMENT, new NetworkId(NETWORK), owner.toSubject(), amount);
      out.append(leaves.isEmpty() ? "" : ",")
          .append("{\"value\":[\"1\",\"1\",\"")
          .append(leaf.subject().toHex())
          .append("\",\"")
          .append(amount)
          .append("\"],\"treeIndex\":0}");
      leaves.add(leaf);
    });
    files.put(ResultFiles.MONEY, text(out.append("]}").toString()));
    return leaves;
  }

  @Override
  public Optional<Published> files(
      EpochNumber epoch, Hash resultHash, Set<String> paths, Check check) {
    SortedMap<String, Bytes> files = new TreeMap<>(of(epoch.value()).files());
    files.put(ResultFiles.RESULT, text("{\"first\":%s,\"dust\":\"0\"}".formatted(epoch)));
    List<Manifest.Item> items = new ArrayList<>();
    // As a reader of the files has to, every time.
    files.forEach((path, content) ->
        items.add(new Manifest.Item(path, content.size(), Sha256.hash(content.unsafeArray()))));
    files.keySet().retainAll(paths);
    Published published = new Published(new Manifest(epoch, 0, resultHash, items), files);
    try {
      check.check(published);
    } catch (Malformed e) {
      throw new IllegalStateException("made-up files that do not fit", e);
    }
    return Optional.of(published);
  }
}
