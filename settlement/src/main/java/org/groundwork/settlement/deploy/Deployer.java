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
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.ContractRefusal;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.rpc.BlockTag;
import org.groundwork.settlement.rpc.CallRequest;
import org.groundwork.settlement.rpc.Header;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.rpc.Receipt;
import org.groundwork.settlement.rpc.RpcRefusal;
import org.groundwork.settlement.time.Time;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Int256;
import org.web3j.abi.datatypes.generated.Uint128;
import org.web3j.abi.datatypes.generated.Uint16;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint48;
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

  /**
   * Leaves of a piece that a summons asks for: 1% that is lost is found with 0.47, 7% with 0.99.
   */
  private static final int COURT_CHALLENGES = 64;

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
    List<String> problems = new ArrayList<>(parameters.problems());
    for (AccountId needed : parameters.existing()) {
      if (rpc.code(needed).isEmpty()) {
        problems.add("there is no contract at " + needed);
      }
    }
    if (!problems.isEmpty()) {
      throw new SettlementException(
          Failure.PARAMETERS_REFUSED,
          "The contracts would refuse these parameters: " + String.join("; ", problems) + ".");
    }
    long chainId = rpc.chainId();
    Journal begun = begin(chainId);
    List<Step> steps = steps(begun.baseNonce());
    Map<String, AccountId> addresses = new TreeMap<>();
    Map<String, Hash> hashes = new TreeMap<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      AccountId address = addressOf(begun.baseNonce() + i);
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
        Contracts.of(addresses),
        parameters.schedule(),
        economy(Contracts.of(addresses).timelock()),
        parameters.prices().history(),
        begun.block(),
        rpc.block(BlockTag.FINALIZED).filter(block -> block.number() > 0).isPresent()
            && !(parameters.prices().source() instanceof PriceSource.Test),
        addresses,
        hashes);
  }

  private Economy economy(AccountId timelock) {
    DeploymentParameters.Settlement settlement = parameters.settlement();
    DeploymentParameters.Emission emission = parameters.emission();
    return new Economy(
        settlement.burn(),
        settlement.operations(),
        settlement.disputeSlots(),
        settlement.skipEpochs(),
        settlement.vestingEpochs(),
        new EmissionSchedule(
            emission.initialRate(),
            emission.periodEpochs(),
            emission.decline(),
            emission.hardCap(),
            emission.bootstrap(),
            emission.operators(),
            emission.treasury(),
            timelock));
  }

  private List<Step> steps(long base) {
    List<Step> steps = new ArrayList<>();
    addPrices(steps, base);
    Addresses to = new Addresses(base + steps.size() - 1);
    addRegistries(steps, to, base);
    addMoney(steps, to);
    addDecisions(steps, to);
    addSettlement(steps, to);
    DeploymentParameters.Stakes stakes = parameters.stakes();
    add(steps, "Sessions", to.step(2), to.step(4), to.step(1));
    add(
        steps,
        "Attestations",
        to.step(6),
        to.step(3),
        uint256(stakes.auditor()),
        new Uint32(stakes.auditorLiabilitySeconds()));
    DeploymentParameters.Council council = parameters.council();
    add(
        steps,
        "PossessionCourt",
        to.step(6),
        to.step(2),
        to.step(1),
        to.step(8),
        to.step(7),
        uint256(council.bond()),
        new Uint32(council.councilSlots()),
        new Uint16(COURT_CHALLENGES));
    parameters
        .router()
        .ifPresent(router -> add(steps, "StablePurchase", to.step(7), to.step(6), address(router)));
    return steps;
  }

  /** The addresses that the numbered steps get; {@code zero} is the nonce before step 1. */
  private final class Addresses {
    private final long zero;

    private Addresses(long zero) {
      this.zero = zero;
    }

    private Address step(int number) {
      return at(zero + number);
    }
  }

  private void addPrices(List<Step> steps, long base) {
    switch (parameters.prices().source()) {
      case PriceSource.Test(Price price) -> {
        for (String name : List.of("TestFeedA", "TestFeedB")) {
          steps.add(
              new Step(
                  name,
                  Artifact.of("TestFeed"),
                  List.of(new Uint8(8), new Int256(price.value()), holder())));
        }
      }
      case PriceSource.Posted(Price price, BasisPoints maxChange) ->
          add(
              steps,
              "PostedPrice",
              at(base + 3),
              new Uint256(price.value()),
              new Uint16(maxChange.value()));
      case PriceSource.Feeds _ -> {}
    }
  }

  private void addRegistries(List<Step> steps, Addresses to, long base) {
    DeploymentParameters p = parameters;
    add(
        steps,
        "EpochClock",
        new Uint64(p.schedule().genesis()),
        new Uint32(p.schedule().slotSeconds()),
        new Uint32(p.schedule().slotsPerEpoch()),
        new Uint32(p.schedule().commitSlots()));
    add(steps, "DeviceRegistry");
    add(steps, "GroundworkTimelock", uint256(p.governance().minDelay()), to.step(15));
    add(
        steps,
        "NetworkRegistry",
        to.step(3),
        address(p.founding().founder()),
        uint256(p.founding().ends()),
        to.step(1),
        to.step(8));
    Address feedA =
        switch (p.prices().source()) {
          case PriceSource.Test _, PriceSource.Posted _ -> at(base);
          case PriceSource.Feeds(AccountId first, AccountId _) -> address(first);
        };
    Address feedB =
        switch (p.prices().source()) {
          case PriceSource.Test _ -> at(base + 1);
          case PriceSource.Posted _ -> address(AccountId.ZERO);
          case PriceSource.Feeds(AccountId _, AccountId second) -> address(second);
        };
    add(
        steps,
        "PriceOracle",
        to.step(1),
        feedA,
        feedB,
        new Uint32(p.prices().maxAge()),
        new Uint16(p.prices().maxDeviation().value()),
        new Uint8(p.prices().history()),
        new Uint32(p.prices().maxQuietSlots()));
  }

  private void addMoney(List<Step> steps, Addresses to) {
    DeploymentParameters.Token token = parameters.token();
    DeploymentParameters.Stakes stakes = parameters.stakes();
    DeploymentParameters.Emission emission = parameters.emission();
    add(
        steps,
        "GroundworkToken",
        new Utf8String(token.name()),
        new Utf8String(token.symbol()),
        to.step(14),
        holder(),
        uint256(token.genesisSupply()));
    add(steps, "Credits", to.step(6), to.step(5), to.step(2), to.step(4), to.step(1), to.step(13));
    add(
        steps,
        "Operators",
        to.step(6),
        to.step(1),
        to.step(13),
        to.step(12),
        uint256(stakes.verifier()),
        uint256(stakes.gateway()),
        new Uint32(stakes.exitEpochs()));
    add(
        steps,
        "DeviceStakes",
        to.step(6),
        to.step(2),
        to.step(1),
        to.step(13),
        new Uint32(stakes.exitEpochs()));
    add(
        steps,
        "EmissionSchedule",
        new Uint128(emission.initialRate().value()),
        new Uint64(emission.periodEpochs()),
        new Uint16(emission.decline().value()),
        new Uint128(emission.hardCap().value()),
        new Uint16(emission.bootstrap().value()),
        new Uint16(emission.operators().value()),
        new Uint16(emission.treasury().value()),
        to.step(3));
  }

  private void addDecisions(List<Step> steps, Addresses to) {
    DeploymentParameters.Council council = parameters.council();
    add(
        steps,
        "Council",
        to.step(6),
        to.step(1),
        to.step(8),
        to.step(13),
        to.step(3),
        uint256(council.bond()),
        new Uint32(council.councilSlots()),
        new DynamicArray<>(
            Address.class, council.members().stream().map(Deployer::address).toList()),
        new Uint32(council.termSeconds()));
    add(
        steps,
        "Slashing",
        to.step(6),
        to.step(1),
        to.step(2),
        to.step(8),
        to.step(13),
        to.step(11),
        to.step(3),
        new Uint32(council.appealSlots()));
  }

  private void addSettlement(List<Step> steps, Addresses to) {
    DeploymentParameters.Settlement settlement = parameters.settlement();
    DeploymentParameters.Governance governance = parameters.governance();
    add(
        steps,
        "Results",
        to.step(1),
        to.step(2),
        to.step(8),
        to.step(7),
        to.step(4),
        to.step(10),
        to.step(11),
        new Uint64(0),
        new Uint16(settlement.burn().value()),
        new Uint16(settlement.operations().value()),
        new Uint32(settlement.disputeSlots()),
        new Uint32(settlement.skipEpochs()),
        new Uint32(settlement.vestingEpochs()));
    add(
        steps,
        "Claims",
        to.step(6),
        to.step(13),
        to.step(8),
        to.step(1),
        new Uint16(settlement.window().value()),
        new Uint32(settlement.windowSlots()));
    add(
        steps,
        "GroundworkGovernor",
        to.step(6),
        to.step(3),
        new Uint48(governance.votingDelay()),
        new Uint32(governance.votingPeriod()),
        uint256(governance.proposalThreshold()),
        uint256(governance.quorumPercent()),
        new Uint48(governance.lateQuorumExtension()));
  }

  private static void add(List<Step> steps, String name, Type<?>... arguments) {
    steps.add(new Step(name, Artifact.of(name), List.of(arguments)));
  }

  private static Uint256 uint256(TokenAmount amount) {
    return new Uint256(amount.value());
  }

  private static Uint256 uint256(long value) {
    return new Uint256(BigInteger.valueOf(value));
  }

  private static Address address(AccountId account) {
    return new Address(account.toHex());
  }

  private Address holder() {
    return address(parameters.token().genesisHolder());
  }

  private Address at(long nonce) {
    return address(addressOf(nonce));
  }

  private AccountId addressOf(long nonce) {
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
    long gas = gas(step, content);
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

  private long gas(Step step, Bytes content) throws SettlementException {
    try {
      return rpc.estimateGas(
          new CallRequest(Optional.of(key.account()), Optional.empty(), content));
    } catch (RpcRefusal refusal) {
      throw new SettlementException(
          Failure.DEPLOYMENT_FAILED,
          "The chain refuses to create "
              + step.name()
              + ": "
              + (refusal.reverted() ? new ContractRefusal(refusal) : refusal).getMessage(),
          refusal);
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
