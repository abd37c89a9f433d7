package org.groundwork.settlement.wallet;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.BootstrapTerms;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.abi.ContractCall;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.abi.ContractEventDecoder;
import org.groundwork.settlement.abi.GovernanceEvent;
import org.groundwork.settlement.abi.Proposal;
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
  private static final int FINALISED_AT_ONCE = 32;

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
    this.events = new ContractEventDecoder(contracts.addresses());
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

  public TokenAmount claimed(MoneyKind kind, AccountId owner, NetworkId network)
      throws SettlementException {
    return transactions.read(
        contracts.claims(), new Calls.ClaimsContract.Claimed(kind, owner, network));
  }

  /** What {@link #fund} could mint now if enough were authorised. */
  public TokenAmount windowRoom() throws SettlementException {
    return transactions.read(contracts.claims(), new Calls.ClaimsContract.WindowRoom());
  }

  /** Any other question to a contract of the deployment. */
  public <R> R ask(AccountId contract, ContractCall<R> call) throws SettlementException {
    return transactions.read(contract, call);
  }

  /** The epoch whose result is accepted next. */
  public EpochNumber nextEpoch() throws SettlementException {
    return transactions.read(contracts.results(), new Calls.ResultsContract.NextEpoch());
  }

  /** The running hash over the indexes committed for an epoch. */
  public Hash inputs(EpochNumber epoch) throws SettlementException {
    return transactions.read(contracts.results(), new Calls.ResultsContract.InputsOf(epoch));
  }

  /** What of a signer's stake counted in quorums at a Unix second. */
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

  /** The same for another account, which gets the credits. */
  public Credits buyCreditsFor(AccountId buyer, TokenAmount tokens, Credits atLeast)
      throws SettlementException {
    approve(contracts.credits(), tokens);
    Receipt receipt =
        transactions.send(
            key, contracts.credits(), new Calls.CreditsContract.BuyFor(buyer, tokens, atLeast));
    return event(receipt, ContractEvent.CreditsBought.class).credits();
  }

  /**
   * Swaps a stablecoin for tokens and burns them for credits.
   *
   * @param amount of the stablecoin, in its smallest unit
   * @param deadline Unix second after which the purchase fails
   * @throws SettlementException also if the deployment has no router
   */
  public Credits buyCreditsWithStable(
      AccountId stable, BigInteger amount, TokenAmount minTokens, Credits atLeast, long deadline)
      throws SettlementException {
    AccountId purchase = need(Contract.STABLE_PURCHASE);
    approve(stable, purchase, new TokenAmount(amount));
    Receipt receipt =
        transactions.send(
            key, purchase, new Calls.Purchase.Buy(stable, amount, minTokens, atLeast, deadline));
    return event(receipt, ContractEvent.CreditsBoughtWithStable.class).credits();
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

  /** Claims an account's cumulative sum of one kind; returns what it got now. */
  public TokenAmount claim(
      MoneyKind kind, AccountId owner, NetworkId network, TokenAmount cumulative, List<Hash> proof)
      throws SettlementException {
    Receipt receipt =
        transactions.send(
            key,
            contracts.claims(),
            new Calls.ClaimsContract.Claim(kind, owner, network, cumulative, proof));
    return event(receipt, ContractEvent.Claimed.class).amount();
  }

  /** A leaf of an account with its proof against the final money root. */
  public record Entitled(
      MoneyKind kind, NetworkId network, TokenAmount cumulative, List<Hash> proof) {
    public Entitled {
      proof = List.copyOf(proof);
    }
  }

  /** Claims several sums of one account at once; returns what it got of each, in their order. */
  public List<ContractEvent.Claimed> claimMany(AccountId owner, List<Entitled> leaves)
      throws SettlementException {
    Receipt receipt =
        transactions.send(
            key,
            contracts.claims(),
            new Calls.ClaimsContract.ClaimMany(
                owner,
                leaves.stream().map(Entitled::kind).toList(),
                leaves.stream().map(Entitled::network).toList(),
                leaves.stream().map(Entitled::cumulative).toList(),
                leaves.stream().map(Entitled::proof).toList()));
    return events(receipt, ContractEvent.Claimed.class);
  }

  /** Mints what final results authorised and the window has room for; returns how much. */
  public TokenAmount fund() throws SettlementException {
    Receipt receipt = transactions.send(key, contracts.claims(), new Calls.ClaimsContract.Fund());
    return event(receipt, ContractEvent.Funded.class).amount();
  }

  /** Posts a price, for the owner of the posted price. */
  public void postPrice(Price price) throws SettlementException {
    transactions.send(key, need(Contract.POSTED_PRICE), new Calls.Posted.Post(price));
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

  /** Creates a network without bootstrap; for the founder, and for the governor afterwards. */
  public NetworkId createNetwork(String kind, Hash rulesHash, Bytes parameters)
      throws SettlementException {
    return createNetwork(kind, rulesHash, parameters, BootstrapBudget.NONE);
  }

  /** Creates a network; for the founder, and for the governor afterwards. */
  public NetworkId createNetwork(
      String kind, Hash rulesHash, Bytes parameters, BootstrapBudget bootstrap)
      throws SettlementException {
    Receipt receipt =
        transactions.send(
            key,
            contracts.networkRegistry(),
            new Calls.Networks.Create(
                kindOf(kind), rulesHash, parameters, BootstrapTerms.of(bootstrap)));
    return event(receipt, ContractEvent.NetworkCreated.class).networkId();
  }

  /** A kind as the contract keeps it. */
  public static Hash kindOf(String kind) {
    byte[] ascii = kind.getBytes(StandardCharsets.US_ASCII);
    if (ascii.length == 0 || ascii.length > KIND_BYTES) {
      throw new IllegalArgumentException("a kind has 1 to 32 letters: " + kind);
    }
    return Hash.wrap(Arrays.copyOf(ascii, KIND_BYTES));
  }

  /** Says that this account, a verifier's signer, runs the proposed rules of a network. */
  public void signalReady(NetworkId network, Hash rulesHash) throws SettlementException {
    transactions.send(
        key, contracts.networkRegistry(), new Calls.Networks.SignalReady(network, rulesHash));
  }

  /** Activates proposed rules that enough verifiers run. Signers in any order. */
  public void activateRules(NetworkId network, Hash rulesHash, Collection<AccountId> signers)
      throws SettlementException {
    transactions.send(
        key,
        contracts.networkRegistry(),
        new Calls.Networks.ActivateRules(
            network, rulesHash, signers.stream().sorted().distinct().toList()));
  }

  /** Lets another key sign vouchers for this account in a network. */
  public void authoriseSession(
      AccountId session, NetworkId network, Credits limit, EpochNumber lastEpoch)
      throws SettlementException {
    transactions.send(
        key,
        contracts.sessions(),
        new Calls.SessionsContract.Authorise(session, network, limit, lastEpoch));
  }

  public void revokeSession(AccountId session, NetworkId network) throws SettlementException {
    transactions.send(
        key, contracts.sessions(), new Calls.SessionsContract.Revoke(session, network));
  }

  /** Adds to the stake of a device, which need not be this account's. */
  public void stakeDevice(DeviceId device, TokenAmount amount) throws SettlementException {
    approve(contracts.deviceStakes(), amount);
    transactions.send(
        key, contracts.deviceStakes(), new Calls.StakesOfDevices.Stake(device, amount));
  }

  public void unstakeDevice(DeviceId device) throws SettlementException {
    transactions.send(key, contracts.deviceStakes(), new Calls.StakesOfDevices.Leave(device));
  }

  /** Pays out a device's stake, against its own leaf of what was slashed. */
  public void withdrawDeviceStake(DeviceId device, TokenAmount slashed, List<Hash> proof)
      throws SettlementException {
    transactions.send(
        key, contracts.deviceStakes(), new Calls.StakesOfDevices.Withdraw(device, slashed, proof));
  }

  /** Burns what a device's leaf asks for. */
  public void slashDevice(DeviceId device, TokenAmount slashed, List<Hash> proof)
      throws SettlementException {
    transactions.send(
        key,
        contracts.deviceStakes(),
        new Calls.StakesOfDevices.SlashByResult(device, slashed, proof));
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

  /** Pays out this account's former stake, against its own leaf of what was slashed. */
  public void withdrawStake(Role role, TokenAmount slashed, List<Hash> proof)
      throws SettlementException {
    transactions.send(
        key, contracts.operators(), new Calls.OperatorSets.Withdraw(role, slashed, proof));
  }

  /** Burns what an operator's leaf asks for. */
  public void slashOperator(Role role, AccountId operator, TokenAmount slashed, List<Hash> proof)
      throws SettlementException {
    transactions.send(
        key,
        contracts.operators(),
        new Calls.OperatorSets.SlashByResult(role, operator, slashed, proof));
  }

  /** Gives this account the weight of its whole stake back, for epochs that open from now on. */
  public void restoreWeight(Role role) throws SettlementException {
    transactions.send(key, contracts.operators(), new Calls.OperatorSets.Restore(role));
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

  /** Posts verifiers' signatures of presence in an epoch without a result, in any order. */
  public void present(EpochNumber epoch, Collection<Bytes> signatures) throws SettlementException {
    Hash struct = Statements.presence(deployment.domain().deployment(), epoch);
    transactions.send(
        key,
        contracts.results(),
        new Calls.ResultsContract.Present(epoch, inOrderOfSigners(struct, signatures)));
  }

  /** Gives the next epoch up: the result after it covers it too. */
  public void skip(EpochNumber epoch) throws SettlementException {
    transactions.send(key, contracts.results(), new Calls.ResultsContract.Skip(epoch));
  }

  /** Makes results final whose time for disputes has passed; returns how many. */
  public int finalise(int atMost) throws SettlementException {
    Receipt receipt =
        transactions.send(key, contracts.results(), new Calls.ResultsContract.Finalise(atMost));
    return events(receipt, ContractEvent.ResultFinal.class).size();
  }

  /** Makes results final if any can be; without sending anything if none can. */
  public int finaliseWhatIsDue() throws SettlementException {
    long due =
        transactions.read(
            contracts.results(), new Calls.ResultsContract.Finalise(FINALISED_AT_ONCE));
    return due == 0 ? 0 : finalise(FINALISED_AT_ONCE);
  }

  /** Takes the sums of a void result out again; it must be the last accepted one. */
  public void rollback(EpochStatement result) throws SettlementException {
    transactions.send(key, contracts.results(), new Calls.ResultsContract.Rollback(result));
  }

  // Disputes and decisions.

  /**
   * The court for possession proofs.
   *
   * @throws SettlementException if the deployment has none
   */
  public Court court() throws SettlementException {
    return new Court(transactions, deployment, key, this);
  }

  /**
   * Disputes the pending result of an epoch, with the bond of the day; returns the dispute's
   * number.
   *
   * @param evidence hash of a public file, or zero
   */
  public long dispute(EpochNumber epoch, Hash evidence, String reason) throws SettlementException {
    approve(
        contracts.council(),
        transactions.read(contracts.council(), new Calls.CouncilContract.Bond()));
    Receipt receipt =
        transactions.send(
            key, contracts.council(), new Calls.CouncilContract.Dispute(epoch, evidence, reason));
    return event(receipt, ContractEvent.DisputeOpened.class).id();
  }

  /** Votes on a dispute, as a member of the council. */
  public void voteOnDispute(long dispute, boolean forVoid, String reason)
      throws SettlementException {
    transactions.send(
        key, contracts.council(), new Calls.CouncilContract.Vote(dispute, forVoid, reason));
  }

  /** Closes a dispute whose time has passed. */
  public void expireDispute(long dispute) throws SettlementException {
    transactions.send(key, contracts.council(), new Calls.CouncilContract.Expire(dispute));
  }

  /** Proves that one verifier signed two results; this account gets a quarter of its stake. */
  public void proveEquivocation(
      EpochStatement first, Bytes firstSignature, EpochStatement second, Bytes secondSignature)
      throws SettlementException {
    transactions.send(
        key,
        contracts.slashing(),
        new Calls.SlashingContract.Equivocation(first, firstSignature, second, secondSignature));
  }

  /** Proves a signature under a result that the council voided; returns the seizure's number. */
  public long proveSignedVoid(EpochStatement result, Bytes signature) throws SettlementException {
    Receipt receipt =
        transactions.send(
            key, contracts.slashing(), new Calls.SlashingContract.SignedVoid(result, signature));
    return event(receipt, ContractEvent.SignerOfVoidSeized.class).id();
  }

  /** Burns a seizure whose time for appeals has passed. */
  public void executeSeizure(long seizure) throws SettlementException {
    transactions.send(key, contracts.slashing(), new Calls.SlashingContract.Execute(seizure));
  }

  /**
   * Proves that a gateway broke a promise; returns what was burned of its stake.
   *
   * @param signatures of verifiers who say so, in any order
   */
  public TokenAmount proveBrokenPromise(Promise promise, Collection<Bytes> signatures)
      throws SettlementException {
    EpochNumber epoch = deployment.schedule().epochOf(promise.slot());
    Hash struct =
        Statements.brokenPromise(
            deployment.domain().deployment(), epoch, promise.gateway(), promise.report());
    Calls.GatewayPromise given =
        new Calls.GatewayPromise(
            promise.slot(),
            promise.report(),
            promise.index(),
            promise.size(),
            promise.path(),
            promise.signature());
    Receipt receipt =
        transactions.send(
            key,
            contracts.slashing(),
            new Calls.SlashingContract.BrokenPromise(
                promise.gateway(), given, inOrderOfSigners(struct, signatures)));
    return event(receipt, ContractEvent.PromiseBroken.class).slashed();
  }

  /** Gives the votes of this account's tokens to an account, which may be itself. */
  public void delegate(AccountId delegatee) throws SettlementException {
    transactions.send(key, contracts.token(), new Calls.Token.Delegate(delegatee));
  }

  /** Proposes calls to the governor; returns the proposal's number. */
  public BigInteger propose(Proposal proposal) throws SettlementException {
    Receipt receipt = transactions.send(key, contracts.governor(), proposal.propose());
    return event(receipt, GovernanceEvent.ProposalCreated.class).proposalId();
  }

  public void vote(BigInteger proposal, Ballot ballot, String reason) throws SettlementException {
    transactions.send(
        key,
        contracts.governor(),
        new Calls.Governor.CastVoteWithReason(proposal, ballot.number(), reason));
  }

  /** Starts the delay after which a proposal that was accepted may be executed. */
  public void queue(Proposal proposal) throws SettlementException {
    transactions.send(key, contracts.governor(), proposal.queue());
  }

  public void execute(Proposal proposal) throws SettlementException {
    transactions.send(key, contracts.governor(), proposal.execute());
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

  private AccountId need(Contract contract) throws SettlementException {
    return contracts
        .find(contract)
        .orElseThrow(() ->
            new SettlementException(
                Failure.CONTRACT_ABSENT,
                "This deployment has no " + contract.solidityName() + "."));
  }

  private void approve(AccountId spender, TokenAmount amount) throws SettlementException {
    approve(contracts.token(), spender, amount);
  }

  private void approve(AccountId coin, AccountId spender, TokenAmount amount)
      throws SettlementException {
    ContractCall<TokenAmount> allowance = new Calls.Token.Allowance(key.account(), spender);
    if (transactions.read(coin, allowance).compareTo(amount) < 0) {
      transactions.send(key, coin, new Calls.Token.Approve(spender, amount));
    }
  }

  <E extends ContractEvent> E event(Receipt receipt, Class<E> type) throws SettlementException {
    List<E> found = events(receipt, type);
    if (found.isEmpty()) {
      throw new SettlementException(
          Failure.RPC_BAD_ANSWER,
          "transaction " + receipt.transaction() + " has no " + type.getSimpleName());
    }
    return found.getFirst();
  }

  private <E extends ContractEvent> List<E> events(Receipt receipt, Class<E> type)
      throws SettlementException {
    List<E> found = new ArrayList<>();
    for (LogEntry log : receipt.logs()) {
      if (events.knows(log.address())) {
        ContractEvent event = events.decode(log);
        if (type.isInstance(event)) {
          found.add(type.cast(event));
        }
      }
    }
    return found;
  }
}
