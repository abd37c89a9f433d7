package org.groundwork.node.explorer.bench;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.groundwork.node.explorer.index.ChainSource;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.rules.kit.H3;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.abi.BootstrapTerms;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.chain.ChainBlock;
import org.groundwork.settlement.rpc.LogEntry;

/**
 * The chain of a made-up deployment, made again whenever it is read: a network and its operators,
 * then all registrations, then a block for each epoch with its result.
 */
final class SyntheticChain implements ChainSource {
  private static final int REGISTRATIONS = 500;
  private static final int VERIFIERS = 4;
  private static final long EPOCH_SECONDS = 3_600;
  private static final int RESOLUTION = 7;
  private static final int DIGIT_BITS = 3;

  private final SyntheticSize size;
  private final SyntheticDeployment deployment;
  private final SyntheticFiles files;
  private final long registered;

  SyntheticChain(SyntheticSize size, SyntheticDeployment deployment, SyntheticFiles files) {
    this.size = size;
    this.deployment = deployment;
    this.files = files;
    registered = 1L + (size.devices() + REGISTRATIONS - 1L) / REGISTRATIONS;
  }

  @Override
  public ChainBlock head() {
    return made(registered + size.epochs());
  }

  @Override
  public Optional<ChainBlock> block(long number) {
    return number > registered + size.epochs() ? Optional.empty() : Optional.of(made(number));
  }

  private ChainBlock made(long number) {
    long time =
        number <= registered
            ? SyntheticDeployment.GENESIS
            : SyntheticDeployment.GENESIS + (number - registered) * EPOCH_SECONDS;
    return new ChainBlock(number, SyntheticDeployment.hash("block", number), time);
  }

  @Override
  public List<LogEntry> logs(long from, long to) {
    List<LogEntry> logs = new ArrayList<>();
    for (long number = from; number <= to; number++) {
      Hash hash = made(number).hash();
      int index = 0;
      for (ContractEvent event : events(number)) {
        logs.add(deployment.log(event, number, hash, index++));
      }
    }
    return logs;
  }

  private List<ContractEvent> events(long number) {
    if (number == 1) {
      return founding();
    }
    if (number <= registered) {
      List<ContractEvent> events = new ArrayList<>();
      long first = (number - 2) * REGISTRATIONS + 1;
      for (long id = first; id < first + REGISTRATIONS && id <= size.devices(); id++) {
        events.add(registration(id));
      }
      return events;
    }
    return epoch(number - registered - 1);
  }

  private List<ContractEvent> founding() {
    List<ContractEvent> events = new ArrayList<>();
    byte[] kind =
        java.util.Arrays.copyOf(new byte[] {'s', 't', 'o', 'r', 'a', 'g', 'e'}, Hash.SIZE);
    events.add(
        new ContractEvent.NetworkCreated(
            new NetworkId(SyntheticFiles.NETWORK),
            Hash.wrap(kind),
            SyntheticDeployment.hash("rules", 1),
            Bytes.of((byte) '{', (byte) '}'),
            BootstrapTerms.of(org.groundwork.protocol.BootstrapBudget.NONE)));
    for (int i = 0; i < VERIFIERS; i++) {
      AccountId verifier = SyntheticDeployment.account("verifier", i);
      events.add(
          new ContractEvent.OperatorJoined(
              Role.VERIFIER, verifier, verifier, TokenAmount.of(1_000), "http://127.0.0.1:1"));
    }
    for (int i = 0; i < size.payers(); i++) {
      AccountId payer = SyntheticDeployment.account("payer", i);
      events.add(
          new ContractEvent.CreditsBought(
              payer,
              TokenAmount.of(1_000_000),
              Credits.of(1_000_000),
              new Price(BigInteger.valueOf(2_00000000L)),
              payer));
    }
    return events;
  }

  private ContractEvent registration(long id) {
    return new ContractEvent.DeviceRegistered(
        new DeviceId(id),
        SyntheticDeployment.account("owner", size.owner(id)),
        SyntheticFiles.NETWORK,
        KeyType.ED25519,
        SyntheticDeployment.hash("key", id).bytes(),
        BigInteger.valueOf(cell(id)),
        "");
  }

  /** A cell of resolution 7; half of all devices are in a tenth of the world. */
  static long cell(long id) {
    SplittableRandom random = new SplittableRandom(id);
    while (true) {
      long base = random.nextBoolean() ? random.nextInt(12) : random.nextInt(122);
      long cell = 1L << 59 | (long) RESOLUTION << 52 | base << 45;
      for (int r = 1; r <= H3.MAX_RESOLUTION; r++) {
        long digit = r <= RESOLUTION ? random.nextInt(7) : 7;
        cell |= digit << (DIGIT_BITS * (H3.MAX_RESOLUTION - r));
      }
      if (H3.isCell(cell)) {
        return cell;
      }
    }
  }

  private List<ContractEvent> epoch(long epoch) {
    SyntheticFiles.Variant variant = files.of(epoch);
    EpochStatement statement =
        new EpochStatement(
            deployment.deployment().domain().deployment(),
            new EpochNumber(epoch),
            0,
            SyntheticDeployment.hash("close", epoch),
            Hash.ZERO,
            SyntheticDeployment.hash("inputs", epoch),
            SyntheticDeployment.hash("rules", 1),
            SyntheticDeployment.hash("carry", epoch),
            variant.moneyRoot(),
            variant.totals());
    List<ContractEvent> events = new ArrayList<>();
    Price price = new Price(BigInteger.valueOf(2_00000000L));
    events.add(new ContractEvent.PriceCheckpointed(new SlotNumber(epoch * 60), price, price));
    if (epoch >= 2) {
      long settled = epoch - 2;
      events.add(
          new ContractEvent.ResultFinal(
              new EpochNumber(settled),
              SyntheticDeployment.hash("none", settled),
              files.of(settled).moneyRoot()));
    }
    List<AccountId> signers = new ArrayList<>();
    for (int i = 0; i < VERIFIERS; i++) {
      signers.add(SyntheticDeployment.account("verifier", i));
    }
    events.add(
        new ContractEvent.ResultAccepted(
            new EpochNumber(epoch),
            statement.structHash(),
            statement,
            signers,
            TokenAmount.of(4_000),
            TokenAmount.of(4_000)));
    return events;
  }
}
