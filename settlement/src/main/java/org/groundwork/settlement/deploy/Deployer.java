package org.groundwork.settlement.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.rpc.BlockTag;
import org.groundwork.settlement.rpc.CallRequest;
import org.groundwork.settlement.rpc.Header;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.rpc.Receipt;
import org.groundwork.settlement.time.Time;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Int256;
import org.web3j.abi.datatypes.generated.Uint16;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.crypto.ContractUtils;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/**
 * Puts the contracts on a chain in the order of {@code contracts/README.md}, whose addresses follow
 * from the deployer's nonces. Killed at any moment and started again with the same journal, it goes
 * on where it was: each step is recognised by the code at its address.
 */
public final class Deployer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration RECEIPT_DEADLINE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final BigInteger GAS_MARGIN_PERCENT = BigInteger.valueOf(115);

  private record Step(String name, Artifact artifact, List<Type<?>> arguments) {}

  private final JsonRpc rpc;
  private final AccountKey key;
  private final DeploymentParameters parameters;
  private final Path journal;
  private final Time time;
  private final Consumer<String> progress;

  /**
   * A deployer, which does nothing yet.
   *
   * @param journal the file that makes the deployment resumable
   * @param progress gets one line for each step
   */
  public Deployer(
      JsonRpc rpc,
      AccountKey key,
      DeploymentParameters parameters,
      Path journal,
      Time time,
      Consumer<String> progress) {
    this.rpc = rpc;
    this.key = key;
    this.parameters = parameters;
    this.journal = journal;
    this.time = time;
    this.progress = progress;
  }

  /** Does what is left to do and returns the whole deployment. */
  public Deployment run() throws SettlementException {
    long chainId = rpc.chainId();
    Journal begun = begin(chainId);
    List<Step> steps = steps(begun.baseNonce());
    Map<String, AccountId> addresses = new TreeMap<>();
    Map<String, Hash> hashes = new TreeMap<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      AccountId address = address(begun.baseNonce() + i);
      boolean existed = ensure(step, begun.baseNonce() + i, address, chainId);
      progress.accept(
          String.format(
              "%2d/%d %s %s%s",
              i + 1, steps.size(), step.name(), address, existed ? " (was there)" : ""));
      addresses.put(step.name(), address);
      hashes.put(step.name(), Deployment.codeHash(rpc.code(address)));
    }
    return new Deployment(
        chainId,
        Deployment.contracts(addresses),
        parameters.schedule(),
        new BasisPoints(parameters.burnBps() + parameters.opsBps()),
        parameters.priceHistory(),
        begun.block(),
        rpc.block(BlockTag.FINALIZED).filter(block -> block.number() > 0).isPresent()
            && !parameters.usesTestFeeds(),
        addresses,
        hashes);
  }

  private List<Step> steps(long base) {
    DeploymentParameters p = parameters;
    List<Step> steps = new ArrayList<>();
    int first = p.usesTestFeeds() ? 2 : 0;
    Address feedA = p.usesTestFeeds() ? at(base) : new Address(p.feedA().toHex());
    Address feedB = p.usesTestFeeds() ? at(base + 1) : new Address(p.feedB().toHex());
    if (p.usesTestFeeds()) {
      for (String name : List.of("TestFeedA", "TestFeedB")) {
        steps.add(
            new Step(
                name,
                Artifact.of("TestFeed"),
                List.of(new Uint8(8), new Int256(p.testPrice()), treasury())));
      }
    }
    long zero = base + first - 1;
    add(
        steps,
        "EpochClock",
        new Uint64(p.schedule().genesis()),
        new Uint32(p.schedule().slotSeconds()),
        new Uint32(p.schedule().slotsPerEpoch()),
        new Uint32(p.schedule().commitSlots()));
    add(steps, "DeviceRegistry");
    add(steps, "NetworkRegistry", treasury());
    add(
        steps,
        "PriceOracle",
        at(zero + 1),
        feedA,
        feedB,
        new Uint32(p.maxPriceAge()),
        new Uint16(p.maxDeviationBps()),
        new Uint8(p.priceHistory()),
        new Uint32(p.maxQuietSlots()));
    add(
        steps,
        "GroundworkToken",
        new Utf8String(p.tokenName()),
        new Utf8String(p.tokenSymbol()),
        at(zero + 9),
        treasury(),
        new Uint256(p.genesisSupply()));
    add(
        steps,
        "Credits",
        at(zero + 5),
        at(zero + 4),
        at(zero + 2),
        at(zero + 3),
        at(zero + 1),
        at(zero + 8));
    add(
        steps,
        "Operators",
        at(zero + 5),
        at(zero + 1),
        at(zero + 8),
        new Uint256(p.minVerifierStake()),
        new Uint256(p.minGatewayStake()),
        new Uint32(p.exitEpochs()));
    add(
        steps,
        "Results",
        at(zero + 1),
        at(zero + 2),
        at(zero + 7),
        at(zero + 6),
        new Uint64(0),
        new Uint16(p.burnBps()),
        new Uint16(p.opsBps()));
    add(steps, "Claims", at(zero + 5), at(zero + 8));
    return steps;
  }

  private static void add(List<Step> steps, String name, Type<?>... arguments) {
    steps.add(new Step(name, Artifact.of(name), List.of(arguments)));
  }

  private Address treasury() {
    return new Address(parameters.treasury().toHex());
  }

  private Address at(long nonce) {
    return new Address(address(nonce).toHex());
  }

  private AccountId address(long nonce) {
    return AccountId.fromHex(
        ContractUtils.generateContractAddress(key.account().toHex(), BigInteger.valueOf(nonce)));
  }

  /** Whether the step had been done before. */
  private boolean ensure(Step step, long nonce, AccountId address, long chainId)
      throws SettlementException {
    long mined = rpc.transactionCount(key.account(), BlockTag.LATEST);
    if (mined > nonce) {
      check(step, address);
      return true;
    }
    if (mined < nonce) {
      throw new SettlementException(
          Failure.DEPLOYMENT_FAILED,
          "The step before " + step.name() + " is gone from the chain; start again.");
    }
    if (rpc.transactionCount(key.account(), BlockTag.PENDING) <= nonce) {
      send(step, nonce, chainId);
    }
    awaitNonce(nonce + 1);
    check(step, address);
    return false;
  }

  private void check(Step step, AccountId address) throws SettlementException {
    Bytes code = rpc.code(address);
    if (!step.artifact().isCode(code)) {
      throw new SettlementException(
          code.isEmpty() ? Failure.DEPLOYER_NONCE_USED : Failure.DEPLOYMENT_FAILED,
          code.isEmpty()
              ? "There is no "
                  + step.name()
                  + " at "
                  + address
                  + ": the deployer's account "
                  + key.account()
                  + " was used for something else, or the step failed. Deploy with an account"
                  + " that does nothing else, and a new journal."
              : "The code at " + address + " is not that of " + step.name() + ".");
    }
  }

  private void send(Step step, long nonce, long chainId) throws SettlementException {
    byte[] arguments =
        Bytes.fromHex(FunctionEncoder.encodeConstructor(List.copyOf(step.arguments()))).toArray();
    byte[] creation = step.artifact().creation().unsafeArray();
    byte[] data = Arrays.copyOf(creation, creation.length + arguments.length);
    System.arraycopy(arguments, 0, data, creation.length, arguments.length);
    Bytes content = Bytes.wrap(data);
    long gas =
        rpc.estimateGas(new CallRequest(Optional.of(key.account()), Optional.empty(), content));
    Header head =
        rpc.block(BlockTag.LATEST)
            .orElseThrow(
                () -> new SettlementException(Failure.RPC_BAD_ANSWER, "The chain has no block."));
    BigInteger tip = rpc.priorityFee();
    RawTransaction transaction =
        RawTransaction.createTransaction(
            chainId,
            BigInteger.valueOf(nonce),
            BigInteger.valueOf(gas).multiply(GAS_MARGIN_PERCENT).divide(BigInteger.valueOf(100)),
            "",
            BigInteger.ZERO,
            content.toHex(),
            tip,
            head.baseFee().multiply(BigInteger.TWO).add(tip));
    Credentials credentials = Credentials.create(ECKeyPair.create(new BigInteger(1, key.secret())));
    Hash hash =
        rpc.sendRawTransaction(
            Bytes.wrap(TransactionEncoder.signMessage(transaction, credentials)));
    Optional<Receipt> receipt = rpc.receipt(hash);
    if (receipt.isPresent() && !receipt.get().succeeded()) {
      throw new SettlementException(
          Failure.DEPLOYMENT_FAILED, "The chain refused to create " + step.name() + ".");
    }
  }

  private void awaitNonce(long nonce) throws SettlementException {
    Instant deadline = time.instant().plus(RECEIPT_DEADLINE);
    while (rpc.transactionCount(key.account(), BlockTag.LATEST) < nonce) {
      if (time.instant().isAfter(deadline)) {
        throw new SettlementException(
            Failure.TRANSACTION_PENDING,
            "A transaction of the deployment is not in a block yet; run the same command again.");
      }
      try {
        time.pause(POLL);
      } catch (InterruptedException e) {
        throw SettlementException.interrupted(e);
      }
    }
  }

  private record Journal(long baseNonce, long block) {}

  private Journal begin(long chainId) throws SettlementException {
    String fingerprint = chainId + " " + key.account() + " " + parameters;
    try {
      if (Files.exists(journal)) {
        JsonNode json = JSON.readTree(Files.readAllBytes(journal));
        if (!json.required("fingerprint").asText().equals(fingerprint)) {
          throw new SettlementException(
              Failure.DEPLOYMENT_FAILED,
              "The journal "
                  + journal
                  + " belongs to a deployment with another chain, account or parameters. Give the"
                  + " same ones to go on with it, or another journal for a new deployment.");
        }
        return new Journal(
            json.required("base_nonce").asLong(), json.required("deploy_block").asLong());
      }
      Journal begun =
          new Journal(rpc.transactionCount(key.account(), BlockTag.PENDING), rpc.blockNumber());
      ObjectNode json =
          JSON.createObjectNode()
              .put("fingerprint", fingerprint)
              .put("base_nonce", begun.baseNonce())
              .put("deploy_block", begun.block());
      write(JSON.writeValueAsBytes(json));
      return begun;
    } catch (SettlementException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new SettlementException(
          Failure.FILE_UNUSABLE, "The deployment's journal " + journal + " cannot be used.", e);
    }
  }

  private void write(byte[] content) throws IOException {
    Path folder = journal.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path next = journal.resolveSibling(journal.getFileName() + ".next");
    Files.write(next, content);
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(next, journal, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
