package org.groundwork.settlement.wallet;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.abi.ContractCall;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.abi.ContractEventDecoder;
import org.groundwork.settlement.deploy.Contracts;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.rpc.LogEntry;
import org.groundwork.settlement.rpc.Receipt;

/**
 * One account in one deployment. Each method that changes something returns when its transaction is
 * in a block, and throws {@link org.groundwork.settlement.ContractRefusal} where the contract says
 * no.
 */
public final class Wallet {
  private static final int KIND_BYTES = 32;

  /** What a price checkpoint needs so that a failing feed can be told from a starved one. */
  private static final long CHECKPOINT_GAS = 600_000;

  private final Transactions transactions;
  private final Deployment deployment;
  private final AccountKey key;
  private final Contracts contracts;
  private final ContractEventDecoder events;

  public Wallet(Transactions transactions, Deployment deployment, AccountKey key) {
    this.transactions = transactions;
    this.deployment = deployment;
    this.key = key;
    this.contracts = deployment.contracts();
    this.events =
        new ContractEventDecoder(
            Map.of(
                Contract.DEVICE_REGISTRY, contracts.deviceRegistry(),
                Contract.NETWORK_REGISTRY, contracts.networkRegistry(),
                Contract.CREDITS, contracts.credits(),
                Contract.CLAIMS, contracts.claims(),
                Contract.PRICE_ORACLE, contracts.priceOracle()));
  }

  public AccountId account() {
    return key.account();
  }

  public AccountKey key() {
    return key;
  }

  public Deployment deployment() {
    return deployment;
  }

  // What anybody may ask.

  public TokenAmount tokens(AccountId owner) throws SettlementException {
    return transactions.read(contracts.token(), new Calls.Token.BalanceOf(owner));
  }

  public Credits credits(AccountId owner) throws SettlementException {
    return transactions
        .read(contracts.credits(), new Calls.CreditsContract.Account(owner))
        .credits();
  }

  /** The chain's own coin, which pays for transactions. */
  public BigInteger coin(AccountId owner) throws SettlementException {
    return transactions.coin(owner);
  }

  /** The price at which credits are sold now. */
  public Price buyPrice() throws SettlementException {
    return transactions.read(contracts.priceOracle(), new Calls.Oracle.BuyPrice());
  }

  public TokenAmount claimed(AccountId owner, NetworkId network) throws SettlementException {
    return transactions.read(contracts.claims(), new Calls.ClaimsContract.Claimed(owner, network));
  }

  /** The epoch whose result is accepted next. */
  public EpochNumber nextEpoch() throws SettlementException {
    return transactions.read(contracts.results(), new Calls.ResultsContract.NextEpoch());
  }

  /** The running hash over the indexes committed for an epoch. */
  public Hash inputs(EpochNumber epoch) throws SettlementException {
    return transactions.read(contracts.results(), new Calls.ResultsContract.InputsOf(epoch));
  }

  /** What a signer had staked at a Unix second. */
  public TokenAmount stakeAt(Role role, AccountId signer, long timestamp)
      throws SettlementException {
    return transactions.read(
        contracts.operators(), new Calls.OperatorSets.StakeAt(role, signer, timestamp));
  }

  // Money.

  public void giveTokens(AccountId to, TokenAmount amount) throws SettlementException {
    transactions.send(key, contracts.token(), new Calls.Token.Transfer(to, amount));
  }

  public void giveCoin(AccountId to, BigInteger wei) throws SettlementException {
    transactions.giveCoin(key, to, wei);
  }

  /** Burns tokens for credits; returns the credits issued. */
  public Credits buyCredits(TokenAmount tokens, Credits atLeast) throws SettlementException {
    approve(contracts.credits(), tokens);
    Receipt receipt =
        transactions.send(key, contracts.credits(), new Calls.CreditsContract.Buy(tokens, atLeast));
    return event(receipt, ContractEvent.CreditsBought.class).credits();
  }

  /** Sets credits aside for a seller up to and including an epoch. */
  public ReservationId reserve(
      NetworkId network, AccountId seller, Credits credits, EpochNumber lastEpoch)
      throws SettlementException {
    Receipt receipt =
        transactions.send(
            key,
            contracts.credits(),
            new Calls.CreditsContract.Reserve(network, seller, credits, lastEpoch));
    return event(receipt, ContractEvent.CreditsReserved.class).id();
  }

  /** Returns what is unspent of a reservation to its payer. */
  public void release(ReservationId id, Credits charged, List<Hash> proof)
      throws SettlementException {
    transactions.send(
        key, contracts.credits(), new Calls.CreditsContract.Release(id, charged, proof));
  }

  /** Claims an account's cumulative payment in a network; returns what it got now. */
  public TokenAmount claim(
      AccountId owner, NetworkId network, TokenAmount cumulative, List<Hash> proof)
      throws SettlementException {
    Receipt receipt =
        transactions.send(
            key,
            contracts.claims(),
            new Calls.ClaimsContract.Claim(owner, network, cumulative, proof));
    return event(receipt, ContractEvent.Claimed.class).amount();
  }

  /**
   * Records the price of the current slot; returns whether this was the first attempt in the slot.
   */
  public boolean checkpointPrice() throws SettlementException {
    Receipt receipt =
        transactions.send(
            key, contracts.priceOracle(), new Calls.Oracle.Checkpoint(), CHECKPOINT_GAS);
    return !receipt.logs().isEmpty();
  }

  // Devices and networks.

  public DeviceId registerDevice(NetworkId network, PublicKey device, long cell, String endpoint)
      throws SettlementException {
    Receipt receipt =
        transactions.send(
            key,
            contracts.deviceRegistry(),
            new Calls.Devices.Register(
                network,
                device.type(),
                device.bytes(),
                new BigInteger(Long.toUnsignedString(cell)),
                endpoint));
    return event(receipt, ContractEvent.DeviceRegistered.class).deviceId();
  }

  public void setDeviceKey(DeviceId id, PublicKey device) throws SettlementException {
    transactions.send(
        key,
        contracts.deviceRegistry(),
        new Calls.Devices.SetKey(id, device.type(), device.bytes()));
  }

  public void setDeviceEndpoint(DeviceId id, String endpoint) throws SettlementException {
    transactions.send(key, contracts.deviceRegistry(), new Calls.Devices.SetEndpoint(id, endpoint));
  }

  public void moveDevice(DeviceId id, AccountId to) throws SettlementException {
    transactions.send(
        key, contracts.deviceRegistry(), new Calls.Devices.TransferFrom(key.account(), to, id));
  }

  /** Creates a network; for the owner of the network registry only. */
  public NetworkId createNetwork(String kind, Hash rulesHash, Bytes parameters)
      throws SettlementException {
    byte[] ascii = kind.getBytes(StandardCharsets.US_ASCII);
    if (ascii.length == 0 || ascii.length > KIND_BYTES) {
      throw new IllegalArgumentException("a kind has 1 to 32 letters: " + kind);
    }
    Receipt receipt =
        transactions.send(
            key,
            contracts.networkRegistry(),
            new Calls.Networks.Create(
                Hash.wrap(Arrays.copyOf(ascii, KIND_BYTES)), rulesHash, parameters));
    return event(receipt, ContractEvent.NetworkCreated.class).networkId();
  }

  // Operators.

  public void join(Role role, AccountId signer, String endpoint, TokenAmount stake)
      throws SettlementException {
    approve(contracts.operators(), stake);
    transactions.send(
        key, contracts.operators(), new Calls.OperatorSets.Join(role, signer, endpoint, stake));
  }

  public void addStake(Role role, TokenAmount amount) throws SettlementException {
    approve(contracts.operators(), amount);
    transactions.send(key, contracts.operators(), new Calls.OperatorSets.AddStake(role, amount));
  }

  public void setOperatorEndpoint(Role role, String endpoint) throws SettlementException {
    transactions.send(
        key, contracts.operators(), new Calls.OperatorSets.SetEndpoint(role, endpoint));
  }

  public void leave(Role role) throws SettlementException {
    transactions.send(key, contracts.operators(), new Calls.OperatorSets.Leave(role));
  }

  public void withdrawStake(Role role) throws SettlementException {
    transactions.send(key, contracts.operators(), new Calls.OperatorSets.Withdraw(role));
  }

  // Epochs.

  /** Makes a certified index an input of its epoch. Signatures in any order. */
  public void commitIndex(
      EpochNumber epoch, AccountId gateway, Hash index, Collection<Bytes> signatures)
      throws SettlementException {
    Hash struct =
        Statements.indexCertificate(deployment.domain().deployment(), epoch, gateway, index);
    transactions.send(
        key,
        contracts.results(),
        new Calls.ResultsContract.CommitIndex(
            epoch, gateway, index, inOrderOfSigners(struct, signatures)));
  }

  /** Submits the result of the next epoch. Signatures in any order. */
  public void submitResult(EpochStatement result, Collection<Bytes> signatures)
      throws SettlementException {
    transactions.send(
        key,
        contracts.results(),
        new Calls.ResultsContract.Submit(
            result, inOrderOfSigners(result.structHash(), signatures)));
  }

  /** As the contract wants them: ascending by signer, each once; what is of nobody falls away. */
  private List<Bytes> inOrderOfSigners(Hash struct, Collection<Bytes> signatures) {
    Hash digest = deployment.domain().digest(struct);
    Map<AccountId, Bytes> bySigner = new TreeMap<>();
    for (Bytes signature : signatures) {
      Optional<AccountId> signer = AccountSignatures.recover(digest, signature);
      signer.ifPresent(account -> bySigner.put(account, signature));
    }
    return List.copyOf(bySigner.values());
  }

  // Local chains.

  /** Sets a test feed's answer, in US dollars a token with 8 decimals; for the feed's owner. */
  public void setTestFeed(AccountId feed, BigInteger answer) throws SettlementException {
    transactions.send(key, feed, new Calls.Feed.Set(answer));
  }

  private void approve(AccountId spender, TokenAmount amount) throws SettlementException {
    ContractCall<TokenAmount> allowance = new Calls.Token.Allowance(key.account(), spender);
    if (transactions.read(contracts.token(), allowance).compareTo(amount) < 0) {
      transactions.send(key, contracts.token(), new Calls.Token.Approve(spender, amount));
    }
  }

  private <E extends ContractEvent> E event(Receipt receipt, Class<E> type)
      throws SettlementException {
    for (LogEntry log : receipt.logs()) {
      if (events.knows(log.address())) {
        ContractEvent event = events.decode(log);
        if (type.isInstance(event)) {
          return type.cast(event);
        }
      }
    }
    throw new SettlementException(
        Failure.RPC_BAD_ANSWER,
        "transaction "
            + receipt.transaction()
            + " has no "
            + type.getSimpleName()
            + receipt
            + contracts);
  }
}
