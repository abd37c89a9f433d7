package org.groundwork.node.explorer;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.files.Manifest;
import org.groundwork.engine.files.ResultFiles;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.EconomyLine;
import org.groundwork.engine.money.MoneyOutcome;
import org.groundwork.node.explorer.bench.SyntheticDeployment;
import org.groundwork.node.explorer.index.ChainSource;
import org.groundwork.node.explorer.index.EpochFiles;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.chain.ChainBlock;
import org.groundwork.settlement.rpc.LogEntry;

/** A chain that a test writes, with published results as verifiers write them. */
final class ScriptedChain implements ChainSource, EpochFiles {
  static final NetworkId NETWORK = new NetworkId(1);
  static final AccountId PAYER = SyntheticDeployment.account("payer", 1);

  final SyntheticDeployment deployment = new SyntheticDeployment();
  private final List<ChainBlock> blocks = new ArrayList<>();
  private final List<List<LogEntry>> logs = new ArrayList<>();
  private final Map<Hash, SortedMap<String, Bytes>> files = new HashMap<>();
  private final TreeMap<Long, BigInteger> earned = new TreeMap<>();
  private int branch;

  /** What cannot be had for a while. */
  boolean away;

  ScriptedChain() {
    add();
  }

  static AccountId owner(long device) {
    return SyntheticDeployment.account("owner", device);
  }

  /** A block with these events. */
  void add(ContractEvent... events) {
    long number = blocks.size();
    Hash hash = SyntheticDeployment.hash("block " + branch, number);
    List<LogEntry> entries = new ArrayList<>();
    for (ContractEvent event : events) {
      entries.add(deployment.log(event, number, hash, entries.size()));
    }
    blocks.add(new ChainBlock(number, hash, SyntheticDeployment.GENESIS + number));
    logs.add(entries);
  }

  int height() {
    return blocks.size() - 1;
  }

  /** Takes back all blocks after one; what comes now is another branch. */
  void goBack(int height) {
    branch++;
    while (height() > height) {
      blocks.removeLast();
      logs.removeLast();
    }
  }

  /**
   * The event of an accepted result in which each of some devices was paid; its files are
   * published.
   *
   * @param paid tokens by device, each charged and burned as much
   */
  ContractEvent.ResultAccepted result(long epoch, Map<Long, Long> paid) {
    List<DeviceSummary> devices = new ArrayList<>();
    List<ChargeLine> charges = new ArrayList<>();
    List<EconomyLine> economy = new ArrayList<>();
    List<MoneyLeaf> leaves = new ArrayList<>();
    BigInteger sum = BigInteger.ZERO;
    for (Map.Entry<Long, Long> entry : new TreeMap<>(paid).entrySet()) {
      DeviceId device = new DeviceId(entry.getKey());
      BigInteger amount = BigInteger.valueOf(entry.getValue());
      TreeMap<String, Long> verdicts = new TreeMap<>(Map.of("accepted", 3L, "common.late", 1L));
      devices.add(
          new DeviceSummary(
              device,
              NETWORK,
              verdicts,
              new TreeMap<>(),
              List.of(),
              new Credits(amount),
              new TokenAmount(amount)));
      if (amount.signum() > 0) {
        charges.add(charge(device, amount));
      }
      economy.add(
          new EconomyLine(
              EconomyLine.Cause.AWARDED,
              NETWORK,
              owner(device.value()),
              Optional.of(device),
              TokenAmount.of(7),
              ""));
      sum = sum.add(amount);
      earned.merge(device.value(), amount, BigInteger::add);
    }
    earned.forEach((device, amount) -> {
      if (amount.signum() > 0) {
        leaves.add(new MoneyLeaf(MoneyKind.PAYMENT, NETWORK, owner(device).toSubject(), amount));
      }
    });
    leaves.sort((a, b) -> a.subject().compareTo(b.subject()));
    EpochStatement statement =
        new EpochStatement(
            deployment.deployment().domain().deployment(),
            new EpochNumber(epoch),
            branch,
            SyntheticDeployment.hash("close", epoch),
            Hash.ZERO,
            SyntheticDeployment.hash("inputs", epoch),
            SyntheticDeployment.hash("rules", 1),
            SyntheticDeployment.hash("carry", epoch),
            EpochResult.moneyRoot(leaves),
            totals(sum));
    PublishedResult result =
        new PublishedResult(
            new EpochNumber(epoch),
            statement,
            leaves,
            List.of(),
            List.of(),
            devices,
            charges,
            economy,
            TokenAmount.ZERO);
    files.put(statement.structHash(), ResultFiles.encode(result, List.of()));
    return new ContractEvent.ResultAccepted(
        new EpochNumber(epoch),
        statement.structHash(),
        statement,
        List.of(SyntheticDeployment.account("verifier", 1)),
        TokenAmount.of(3),
        TokenAmount.of(4));
  }

  private static List<Total> totals(BigInteger sum) {
    return sum.signum() == 0
        ? List.of()
        : List.of(
            new Total(MoneyKind.PAYMENT, NETWORK, sum),
            new Total(MoneyKind.CHARGE, NETWORK, sum),
            new Total(MoneyKind.BASIS, NETWORK, sum));
  }

  private static ChargeLine charge(DeviceId device, BigInteger amount) {
    Hash evidence = SyntheticDeployment.hash("deal", device.value());
    return new ChargeLine(
        NETWORK,
        device,
        ChargeLine.Kind.DEAL,
        evidence,
        PAYER,
        owner(device.value()),
        new ReservationId(evidence),
        MoneyOutcome.CHARGED,
        new Credits(amount),
        new Credits(amount),
        new TokenAmount(amount),
        new TokenAmount(amount));
  }

  @Override
  public ChainBlock head() {
    return blocks.getLast();
  }

  @Override
  public Optional<ChainBlock> block(long number) {
    return number > height() ? Optional.empty() : Optional.of(blocks.get((int) number));
  }

  @Override
  public List<LogEntry> logs(long from, long to) {
    return logs.subList((int) from, (int) to + 1).stream().flatMap(List::stream).toList();
  }

  @Override
  public Optional<Published> files(
      EpochNumber epoch, Hash resultHash, Set<String> paths, Check check) throws IOException {
    if (away) {
      throw new IOException("nobody answers");
    }
    SortedMap<String, Bytes> all = files.get(resultHash);
    if (all == null) {
      return Optional.empty();
    }
    try {
      SortedMap<String, Bytes> wanted = new TreeMap<>(all);
      wanted.keySet().retainAll(paths);
      Published published =
          new Published(
              Manifest.decode(java.util.Objects.requireNonNull(all.get(ResultFiles.MANIFEST))),
              wanted);
      check.check(published);
      return Optional.of(published);
    } catch (Malformed e) {
      throw new IOException(e);
    }
  }
}
