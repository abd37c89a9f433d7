package org.groundwork.settlement.abi;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.Role;

/** The functions that are called, by contract. */
public final class Calls {
  private static final String RESULT =
      "(bytes32 deployment, uint64 epoch, uint32 attempt, bytes32 closeBlock, bytes32 parent,"
          + " bytes32 inputs, bytes32 rules, bytes32 carryRoot, bytes32 moneyRoot,"
          + " (uint8 kind, uint32 network, uint256 amount)[] totals) ";

  private Calls() {}

  /** What a function returns that returns nothing. */
  public record Nothing() {}

  /** GroundworkToken. */
  public sealed interface Token {
    @Solidity("approve(address spender, uint256 value) returns (bool ok)")
    record Approve(AccountId spender, TokenAmount value) implements Token, ContractCall<Boolean> {}

    @Solidity("transfer(address to, uint256 value) returns (bool ok)")
    record Transfer(AccountId to, TokenAmount value) implements Token, ContractCall<Boolean> {}

    @Solidity("balanceOf(address account) returns (uint256 balance)")
    record BalanceOf(AccountId account) implements Token, ContractCall<TokenAmount> {}

    @Solidity("allowance(address owner, address spender) returns (uint256 value)")
    record Allowance(AccountId owner, AccountId spender)
        implements Token, ContractCall<TokenAmount> {}

    @Solidity("delegate(address delegatee)")
    record Delegate(AccountId delegatee) implements Token, ContractCall<Nothing> {}

    @Solidity("delegates(address account) returns (address delegatee)")
    record Delegates(AccountId account) implements Token, ContractCall<AccountId> {}

    @Solidity("getVotes(address account) returns (uint256 votes)")
    record GetVotes(AccountId account) implements Token, ContractCall<TokenAmount> {}

    @Solidity("totalSupply() returns (uint256 supply)")
    record TotalSupply() implements Token, ContractCall<TokenAmount> {}
  }

  /** Credits. */
  public sealed interface CreditsContract {
    @Solidity("buy(uint256 tokens, uint256 minCredits) returns (uint256 credits)")
    record Buy(TokenAmount tokens, Credits minCredits)
        implements CreditsContract, ContractCall<Credits> {}

    @Solidity("buyFor(address buyer, uint256 tokens, uint256 minCredits) returns (uint256 credits)")
    record BuyFor(AccountId buyer, TokenAmount tokens, Credits minCredits)
        implements CreditsContract, ContractCall<Credits> {}

    @Solidity(
        "reserve(uint32 network, address seller, uint256 credits, uint64 lastEpoch)"
            + " returns (bytes32 id)")
    record Reserve(NetworkId network, AccountId seller, Credits credits, EpochNumber lastEpoch)
        implements CreditsContract, ContractCall<ReservationId> {}

    @Solidity("release(bytes32 id, uint256 charged, bytes32[] proof)")
    record Release(ReservationId id, Credits charged, List<Hash> proof)
        implements CreditsContract, ContractCall<Nothing> {
      public Release {
        proof = List.copyOf(proof);
      }
    }

    @Solidity("account(address owner) returns (uint256 credits, uint256 basis)")
    record Account(AccountId owner) implements CreditsContract, ContractCall<Balance> {}

    @Solidity("reservationId(address payer, uint256 number) returns (bytes32 id)")
    record IdOf(AccountId payer, long number)
        implements CreditsContract, ContractCall<ReservationId> {}

    @Solidity(
        "networkSums(uint32 network) returns ((uint128 reservedCredits, uint128 reservedBasis,"
            + " uint128 chargedCredits, uint128 consumedBasis) sums)")
    record NetworkSums(NetworkId network) implements CreditsContract, ContractCall<SumsOfNetwork> {}

    @Solidity(
        "sums() returns ((uint128 issuedCredits, uint128 issuedBasis, uint128 freeCredits,"
            + " uint128 freeBasis) sums)")
    record Sums() implements CreditsContract, ContractCall<SumsOfAll> {}
  }

  /** Free credits of an account and the tokens burned for them. */
  public record Balance(Credits credits, TokenAmount basis) {}

  /** Sums of one network. */
  public record SumsOfNetwork(
      Credits reservedCredits,
      TokenAmount reservedBasis,
      Credits chargedCredits,
      TokenAmount consumedBasis) {}

  /** Sums of the deployment. */
  public record SumsOfAll(
      Credits issuedCredits, TokenAmount issuedBasis, Credits freeCredits, TokenAmount freeBasis) {}

  /** PriceOracle. */
  public sealed interface Oracle {
    @Solidity("checkpoint() returns (bool recorded)")
    record Checkpoint() implements Oracle, ContractCall<Boolean> {}

    @Solidity("buyPrice() returns (uint256 price)")
    record BuyPrice() implements Oracle, ContractCall<Price> {}

    @Solidity("priceHigh() returns (uint256 price)")
    record PriceHigh() implements Oracle, ContractCall<Price> {}

    @Solidity("lastAttempt() returns (bool attempted, uint64 slot, uint8 doubt)")
    record LastAttempt() implements Oracle, ContractCall<PriceAttempt> {}

    @Solidity("history() returns (uint8 history)")
    record History() implements Oracle, ContractCall<Integer> {}
  }

  /** The last checkpoint that somebody tried to record. */
  public record PriceAttempt(boolean attempted, SlotNumber slot, PriceDoubt doubt) {}

  /** PostedPrice. */
  public sealed interface Posted {
    @Solidity("post(uint256 price)")
    record Post(Price price) implements Posted, ContractCall<Nothing> {}

    @Solidity("bounds() returns (uint256 lowest, uint256 highest)")
    record Bounds() implements Posted, ContractCall<PriceBounds> {}
  }

  /** What may be posted now. */
  public record PriceBounds(Price lowest, Price highest) {}

  /** DeviceRegistry. */
  public sealed interface Devices {
    @Solidity(
        "register(uint32 network, uint8 keyType, bytes key, uint64 cell, string endpoint)"
            + " returns (uint256 deviceId)")
    record Register(NetworkId network, KeyType keyType, Bytes key, BigInteger cell, String endpoint)
        implements Devices, ContractCall<DeviceId> {}

    @Solidity("setKey(uint256 deviceId, uint8 keyType, bytes key)")
    record SetKey(DeviceId deviceId, KeyType keyType, Bytes key)
        implements Devices, ContractCall<Nothing> {}

    @Solidity("setEndpoint(uint256 deviceId, string endpoint)")
    record SetEndpoint(DeviceId deviceId, String endpoint)
        implements Devices, ContractCall<Nothing> {}

    @Solidity("transferFrom(address from, address to, uint256 tokenId)")
    record TransferFrom(AccountId from, AccountId to, DeviceId tokenId)
        implements Devices, ContractCall<Nothing> {}

    @Solidity("deployment() returns (bytes32 deployment)")
    record Deployment() implements Devices, ContractCall<DeploymentId> {}

    @Solidity("domainSeparator() returns (bytes32 separator)")
    record DomainSeparator() implements Devices, ContractCall<Hash> {}

    @Solidity("deviceCount() returns (uint64 count)")
    record DeviceCount() implements Devices, ContractCall<Long> {}
  }

  /** NetworkRegistry. */
  public sealed interface Networks {
    @Solidity(
        "create(bytes32 kind, bytes32 rulesHash, bytes parameters, (uint128 initial, uint64 start,"
            + " uint64 end, uint16 maxCellBps, uint32 maxAdmissions, uint128 deviceStake)"
            + " bootstrap) returns (uint32 networkId)")
    record Create(Hash kind, Hash rulesHash, Bytes parameters, BootstrapTerms bootstrap)
        implements Networks, ContractCall<NetworkId> {}

    @Solidity("proposeRules(uint32 networkId, bytes32 rulesHash, bytes parameters)")
    record ProposeRules(NetworkId networkId, Hash rulesHash, Bytes parameters)
        implements Networks, ContractCall<Nothing> {}

    @Solidity("signalReady(uint32 networkId, bytes32 rulesHash)")
    record SignalReady(NetworkId networkId, Hash rulesHash)
        implements Networks, ContractCall<Nothing> {}

    @Solidity("activateRules(uint32 networkId, bytes32 rulesHash, address[] signers)")
    record ActivateRules(NetworkId networkId, Hash rulesHash, List<AccountId> signers)
        implements Networks, ContractCall<Nothing> {
      public ActivateRules {
        signers = List.copyOf(signers);
      }
    }

    @Solidity("bootstrapBudget(uint32 networkId, uint64 epoch) returns (uint256 tokens)")
    record BootstrapBudget(NetworkId networkId, EpochNumber epoch)
        implements Networks, ContractCall<TokenAmount> {}

    @Solidity("founder() returns (address account)")
    record Founder() implements Networks, ContractCall<AccountId> {}

    @Solidity("foundingEnds() returns (uint256 timestamp)")
    record FoundingEnds() implements Networks, ContractCall<Long> {}

    @Solidity("networkCount() returns (uint32 count)")
    record NetworkCount() implements Networks, ContractCall<Long> {}
  }

  /** Operators. */
  public sealed interface OperatorSets {
    @Solidity("join(uint8 role, address signer, string endpoint, uint256 amount)")
    record Join(Role role, AccountId signer, String endpoint, TokenAmount amount)
        implements OperatorSets, ContractCall<Nothing> {}

    @Solidity("addStake(uint8 role, uint256 amount)")
    record AddStake(Role role, TokenAmount amount) implements OperatorSets, ContractCall<Nothing> {}

    @Solidity("setEndpoint(uint8 role, string endpoint)")
    record SetEndpoint(Role role, String endpoint) implements OperatorSets, ContractCall<Nothing> {}

    @Solidity("leave(uint8 role)")
    record Leave(Role role) implements OperatorSets, ContractCall<Nothing> {}

    @Solidity("withdraw(uint8 role, uint256 cumulative, bytes32[] proof)")
    record Withdraw(Role role, TokenAmount cumulative, List<Hash> proof)
        implements OperatorSets, ContractCall<Nothing> {
      public Withdraw {
        proof = List.copyOf(proof);
      }
    }

    @Solidity("slashByResult(uint8 role, address operator, uint256 cumulative, bytes32[] proof)")
    record SlashByResult(Role role, AccountId operator, TokenAmount cumulative, List<Hash> proof)
        implements OperatorSets, ContractCall<Nothing> {
      public SlashByResult {
        proof = List.copyOf(proof);
      }
    }

    @Solidity("restore(uint8 role)")
    record Restore(Role role) implements OperatorSets, ContractCall<Nothing> {}

    @Solidity(
        "exitOf(uint8 role, address operator) returns ((uint256 amount, uint64 releaseEpoch) exit)")
    record ExitOf(Role role, AccountId operator) implements OperatorSets, ContractCall<Exit> {}

    @Solidity("slashedByResults(uint8 role, address operator) returns (uint256 amount)")
    record SlashedByResults(Role role, AccountId operator)
        implements OperatorSets, ContractCall<TokenAmount> {}

    @Solidity("minimumStake(uint8 role) returns (uint256 stake)")
    record MinimumStake(Role role) implements OperatorSets, ContractCall<TokenAmount> {}

    @Solidity("stakeAt(uint8 role, address signer, uint256 timestamp) returns (uint256 stake)")
    record StakeAt(Role role, AccountId signer, long timestamp)
        implements OperatorSets, ContractCall<TokenAmount> {}

    @Solidity("totalAt(uint8 role, uint256 timestamp) returns (uint256 stake)")
    record TotalAt(Role role, long timestamp) implements OperatorSets, ContractCall<TokenAmount> {}

    @Solidity(
        "members(uint8 role) returns ((address operator, address signer, uint256 stake,"
            + " uint256 weight, string endpoint)[] list)")
    record Members(Role role) implements OperatorSets, ContractCall<List<Member>> {}
  }

  /** A member of a set. */
  public record Member(
      AccountId operator,
      AccountId signer,
      TokenAmount stake,
      TokenAmount weight,
      String endpoint) {}

  /** Stake on its way out; zeros for none. */
  public record Exit(TokenAmount amount, EpochNumber releaseEpoch) {}

  /** DeviceStakes. */
  public sealed interface StakesOfDevices {
    @Solidity("stake(uint256 deviceId, uint256 amount)")
    record Stake(DeviceId deviceId, TokenAmount amount)
        implements StakesOfDevices, ContractCall<Nothing> {}

    @Solidity("leave(uint256 deviceId)")
    record Leave(DeviceId deviceId) implements StakesOfDevices, ContractCall<Nothing> {}

    @Solidity("withdraw(uint256 deviceId, uint256 cumulative, bytes32[] proof)")
    record Withdraw(DeviceId deviceId, TokenAmount cumulative, List<Hash> proof)
        implements StakesOfDevices, ContractCall<Nothing> {
      public Withdraw {
        proof = List.copyOf(proof);
      }
    }

    @Solidity("slashByResult(uint256 deviceId, uint256 cumulative, bytes32[] proof)")
    record SlashByResult(DeviceId deviceId, TokenAmount cumulative, List<Hash> proof)
        implements StakesOfDevices, ContractCall<Nothing> {
      public SlashByResult {
        proof = List.copyOf(proof);
      }
    }

    @Solidity("stakeOf(uint256 deviceId) returns ((uint128 amount, uint64 releaseEpoch) stake)")
    record StakeOf(DeviceId deviceId) implements StakesOfDevices, ContractCall<Exit> {}

    @Solidity("slashedByResults(uint256 deviceId) returns (uint256 amount)")
    record SlashedByResults(DeviceId deviceId)
        implements StakesOfDevices, ContractCall<TokenAmount> {}
  }

  /** EmissionSchedule. */
  public sealed interface EmissionContract {
    @Solidity(
        "schedule() returns ((uint128 initialRate, uint64 periodEpochs, uint16 declineBps,"
            + " uint128 hardCap, uint16 bootstrapBps, uint16 operatorsBps, uint16 treasuryBps,"
            + " address treasury) schedule)")
    record Schedule() implements EmissionContract, ContractCall<EmissionTerms> {}
  }

  /** Results. */
  public sealed interface ResultsContract {
    @Solidity("commitIndex(uint64 epoch, address gateway, bytes32 index, bytes[] signatures)")
    record CommitIndex(EpochNumber epoch, AccountId gateway, Hash index, List<Bytes> signatures)
        implements ResultsContract, ContractCall<Nothing> {
      public CommitIndex {
        signatures = List.copyOf(signatures);
      }
    }

    @Solidity("submit(" + RESULT + "result, bytes[] signatures)")
    record Submit(EpochStatement result, List<Bytes> signatures)
        implements ResultsContract, ContractCall<Nothing> {
      public Submit {
        signatures = List.copyOf(signatures);
      }
    }

    @Solidity("present(uint64 epoch, bytes[] signatures)")
    record Present(EpochNumber epoch, List<Bytes> signatures)
        implements ResultsContract, ContractCall<Nothing> {
      public Present {
        signatures = List.copyOf(signatures);
      }
    }

    @Solidity("skip(uint64 epoch)")
    record Skip(EpochNumber epoch) implements ResultsContract, ContractCall<Nothing> {}

    @Solidity("finalise(uint256 max) returns (uint256 moved)")
    record Finalise(long max) implements ResultsContract, ContractCall<Long> {}

    @Solidity("rollback(" + RESULT + "result)")
    record Rollback(EpochStatement result) implements ResultsContract, ContractCall<Nothing> {}

    @Solidity("finalised() returns (uint64 epoch, bytes32 resultHash, bytes32 moneyRoot)")
    record Finalised() implements ResultsContract, ContractCall<Head> {}

    @Solidity("attempt() returns (uint32 attempt)")
    record Attempt() implements ResultsContract, ContractCall<Integer> {}

    @Solidity("coveredFrom() returns (uint64 epoch)")
    record CoveredFrom() implements ResultsContract, ContractCall<EpochNumber> {}

    @Solidity("coveredInputs() returns (bytes32 inputs)")
    record CoveredInputs() implements ResultsContract, ContractCall<Hash> {}

    @Solidity("disputeSlots() returns (uint32 slots)")
    record DisputeSlots() implements ResultsContract, ContractCall<Long> {}

    @Solidity("skipEpochs() returns (uint32 epochs)")
    record SkipEpochs() implements ResultsContract, ContractCall<Long> {}

    @Solidity("vestingEpochs() returns (uint32 epochs)")
    record VestingEpochs() implements ResultsContract, ContractCall<Long> {}

    @Solidity("presenceDigest(uint64 epoch) returns (bytes32 digest)")
    record PresenceDigest(EpochNumber epoch) implements ResultsContract, ContractCall<Hash> {}

    @Solidity("inputsOf(uint64 epoch) returns (bytes32 inputs)")
    record InputsOf(EpochNumber epoch) implements ResultsContract, ContractCall<Hash> {}

    @Solidity("nextEpoch() returns (uint64 epoch)")
    record NextEpoch() implements ResultsContract, ContractCall<EpochNumber> {}

    @Solidity("authorised(uint8 kind, uint32 network) returns (uint256 amount)")
    record Authorised(MoneyKind kind, NetworkId network)
        implements ResultsContract, ContractCall<BigInteger> {}

    @Solidity("hashResult(" + RESULT + "result) returns (bytes32 hash)")
    record HashResult(EpochStatement result) implements ResultsContract, ContractCall<Hash> {}

    @Solidity("resultDigest(" + RESULT + "result) returns (bytes32 digest)")
    record ResultDigest(EpochStatement result) implements ResultsContract, ContractCall<Hash> {}

    @Solidity("indexDigest(uint64 epoch, address gateway, bytes32 index) returns (bytes32 digest)")
    record IndexDigest(EpochNumber epoch, AccountId gateway, Hash index)
        implements ResultsContract, ContractCall<Hash> {}

    @Solidity("mBurnBps() returns (uint16 share)")
    record BurnShare() implements ResultsContract, ContractCall<BasisPoints> {}

    @Solidity("mOpsBps() returns (uint16 share)")
    record OperatorShare() implements ResultsContract, ContractCall<BasisPoints> {}
  }

  /** The last result of a chain of results; zeros before the first. */
  public record Head(EpochNumber epoch, Hash resultHash, Hash moneyRoot) {}

  /** Claims. */
  public sealed interface ClaimsContract {
    @Solidity(
        "claim(uint8 kind, address account, uint32 network, uint256 cumulative, bytes32[] proof)"
            + " returns (uint256 amount)")
    record Claim(
        MoneyKind kind,
        AccountId account,
        NetworkId network,
        TokenAmount cumulative,
        List<Hash> proof)
        implements ClaimsContract, ContractCall<TokenAmount> {
      public Claim {
        proof = List.copyOf(proof);
      }
    }

    @Solidity(
        "claimMany(address account, uint8[] kinds, uint32[] networks, uint256[] cumulatives,"
            + " bytes32[][] proofs) returns (uint256 amount)")
    record ClaimMany(
        AccountId account,
        List<MoneyKind> kinds,
        List<NetworkId> networks,
        List<TokenAmount> cumulatives,
        List<List<Hash>> proofs)
        implements ClaimsContract, ContractCall<TokenAmount> {
      public ClaimMany {
        kinds = List.copyOf(kinds);
        networks = List.copyOf(networks);
        cumulatives = List.copyOf(cumulatives);
        proofs = proofs.stream().map(List::copyOf).toList();
      }
    }

    @Solidity("fund() returns (uint256 amount)")
    record Fund() implements ClaimsContract, ContractCall<TokenAmount> {}

    @Solidity("fundedTotal() returns (uint256 amount)")
    record FundedTotal() implements ClaimsContract, ContractCall<TokenAmount> {}

    @Solidity("windowRoom() returns (uint256 amount)")
    record WindowRoom() implements ClaimsContract, ContractCall<TokenAmount> {}

    @Solidity("claimed(uint8 kind, address account, uint32 network) returns (uint256 amount)")
    record Claimed(MoneyKind kind, AccountId account, NetworkId network)
        implements ClaimsContract, ContractCall<TokenAmount> {}
  }

  /** Council. */
  public sealed interface CouncilContract {
    @Solidity("dispute(uint64 epoch, bytes32 evidence, string reason) returns (uint256 id)")
    record Dispute(EpochNumber epoch, Hash evidence, String reason)
        implements CouncilContract, ContractCall<Long> {}

    @Solidity("vote(uint256 id, bool forVoid, string reason)")
    record Vote(long id, boolean forVoid, String reason)
        implements CouncilContract, ContractCall<Nothing> {}

    @Solidity("expire(uint256 id)")
    record Expire(long id) implements CouncilContract, ContractCall<Nothing> {}

    @Solidity("elect(address[] members, uint32 term)")
    record Elect(List<AccountId> members, long term)
        implements CouncilContract, ContractCall<Nothing> {
      public Elect {
        members = List.copyOf(members);
      }
    }

    @Solidity("setBond(uint256 bond)")
    record SetBond(TokenAmount bond) implements CouncilContract, ContractCall<Nothing> {}

    @Solidity("bond() returns (uint256 bond)")
    record Bond() implements CouncilContract, ContractCall<TokenAmount> {}

    @Solidity("council() returns (address[] members, uint48 until)")
    record Members() implements CouncilContract, ContractCall<Term> {}
  }

  /** Members of the council until a Unix second. */
  public record Term(List<AccountId> members, long until) {
    public Term {
      members = List.copyOf(members);
    }
  }

  /** Slashing. */
  public sealed interface SlashingContract {
    @Solidity(
        "equivocation("
            + RESULT
            + "first, bytes firstSignature, "
            + RESULT
            + "second, bytes secondSignature)")
    record Equivocation(
        EpochStatement first, Bytes firstSignature, EpochStatement second, Bytes secondSignature)
        implements SlashingContract, ContractCall<Nothing> {}

    @Solidity("signedVoid(" + RESULT + "result, bytes signature) returns (uint256 id)")
    record SignedVoid(EpochStatement result, Bytes signature)
        implements SlashingContract, ContractCall<Long> {}

    @Solidity("execute(uint256 id)")
    record Execute(long id) implements SlashingContract, ContractCall<Nothing> {}

    @Solidity("pardon(uint256 id, string reason)")
    record Pardon(long id, String reason) implements SlashingContract, ContractCall<Nothing> {}

    @Solidity(
        "brokenPromise(address gateway, (uint64 slot, bytes32 report, uint32 index, uint32 size,"
            + " bytes32[] path, bytes signature) given, bytes[] signatures)")
    record BrokenPromise(AccountId gateway, GatewayPromise given, List<Bytes> signatures)
        implements SlashingContract, ContractCall<Nothing> {
      public BrokenPromise {
        signatures = List.copyOf(signatures);
      }
    }
  }

  /** A gateway's promise of one report of a batch; see {@code Promise} of the protocol. */
  public record GatewayPromise(
      SlotNumber slot, Hash report, long index, long size, List<Hash> path, Bytes signature) {
    public GatewayPromise {
      path = List.copyOf(path);
    }
  }

  /** Sessions. */
  public sealed interface SessionsContract {
    @Solidity("authorise(address key, uint32 network, uint128 limit, uint64 lastEpoch)")
    record Authorise(AccountId key, NetworkId network, Credits limit, EpochNumber lastEpoch)
        implements SessionsContract, ContractCall<Nothing> {}

    @Solidity("revoke(address key, uint32 network)")
    record Revoke(AccountId key, NetworkId network)
        implements SessionsContract, ContractCall<Nothing> {}
  }

  /** PossessionCourt. */
  public sealed interface CourtContract {
    @Solidity("recordSlot(uint64 slot, bytes parent, bytes header)")
    record RecordSlot(SlotNumber slot, Bytes parent, Bytes header)
        implements CourtContract, ContractCall<Nothing> {}

    @Solidity(
        "clear(address gateway, (uint64 slot, bytes32 report, uint32 index, uint32 size,"
            + " bytes32[] path, bytes signature) given, bytes body, bytes[] deals)")
    record Clear(AccountId gateway, GatewayPromise given, Bytes body, List<Bytes> deals)
        implements CourtContract, ContractCall<Nothing> {
      public Clear {
        deals = List.copyOf(deals);
      }
    }

    @Solidity("noteKey(uint64 device)")
    record NoteKey(DeviceId device) implements CourtContract, ContractCall<Nothing> {}

    @Solidity("summon(bytes body, uint8 keyType, bytes key, bytes signature) returns (uint256 id)")
    record Summon(Bytes body, KeyType keyType, Bytes key, Bytes signature)
        implements CourtContract, ContractCall<Long> {}

    @Solidity("draw(uint256 id)")
    record Draw(long id) implements CourtContract, ContractCall<Nothing> {}

    @Solidity("answer(uint256 id, bytes[] proofs)")
    record Answer(long id, List<Bytes> proofs) implements CourtContract, ContractCall<Nothing> {
      public Answer {
        proofs = List.copyOf(proofs);
      }
    }

    @Solidity("dismiss(uint256 id, bytes signature)")
    record Dismiss(long id, Bytes signature) implements CourtContract, ContractCall<Nothing> {}

    @Solidity("showFault(uint256 id)")
    record ShowFault(long id) implements CourtContract, ContractCall<Nothing> {}

    @Solidity(
        "clearing(uint64 device, uint64 slot, bytes32 holding) returns ((uint64 promised,"
            + " uint8 entries) found)")
    record Clearing(DeviceId device, SlotNumber slot, Hash holding)
        implements CourtContract, ContractCall<SlotClearing> {}

    @Solidity(
        "summonsOf(uint256 id) returns ((bytes32 deal, address payer, uint64 device, uint8 state,"
            + " uint8 height, uint48 drawBlock, uint48 deadline, uint64 endSlot, uint64 leaves,"
            + " bytes32 root, bytes32 seed) summons)")
    record SummonsOf(long id) implements CourtContract, ContractCall<Summons> {}

    @Solidity("summonsCount() returns (uint256 count)")
    record SummonsCount() implements CourtContract, ContractCall<Long> {}

    @Solidity("newestOf(bytes32 deal) returns (uint256 id)")
    record NewestOf(Hash deal) implements CourtContract, ContractCall<Long> {}

    @Solidity("recordOf(uint64 device) returns (uint64 answered, uint64 faults)")
    record RecordOf(DeviceId device) implements CourtContract, ContractCall<CourtRecord> {}

    @Solidity("slotBlock(uint64 slot) returns (bytes32 blockHash)")
    record SlotBlock(SlotNumber slot) implements CourtContract, ContractCall<Hash> {}

    @Solidity("terms() returns (uint256 bond, uint32 answerSlots, uint16 challenges)")
    record Terms() implements CourtContract, ContractCall<CourtTerms> {}
  }

  /** That a device answered a slot: the slot of the gateway's promise, and the leaves shown. */
  public record SlotClearing(BigInteger promised, int entries) {}

  /**
   * A summons; see {@code IPossessionCourt}. Zeros if there is none.
   *
   * @param state 1 waiting for its block, 2 drawn, 3 answered, 4 fault, 5 dismissed, 6 lapsed
   * @param deadline Unix second of the last moment for an answer, once drawn
   */
  public record Summons(
      Hash deal,
      AccountId payer,
      long device,
      int state,
      int height,
      long drawBlock,
      long deadline,
      BigInteger endSlot,
      long leaves,
      Hash root,
      Hash seed) {}

  /** Summonses that a device answered, and faults that were shown. */
  public record CourtRecord(long answered, long faults) {}

  /** What a summons takes, in how many slots it can be answered, and the leaves it asks for. */
  public record CourtTerms(TokenAmount bond, int answerSlots, int challenges) {}

  /** GroundworkGovernor. Times are Unix seconds. */
  public sealed interface Governor {
    @Solidity(
        "propose(address[] targets, uint256[] values, bytes[] calldatas, string description)"
            + " returns (uint256 id)")
    record Propose(
        List<AccountId> targets, List<BigInteger> values, List<Bytes> calldatas, String description)
        implements Governor, ContractCall<BigInteger> {
      public Propose {
        targets = List.copyOf(targets);
        values = List.copyOf(values);
        calldatas = List.copyOf(calldatas);
      }
    }

    @Solidity(
        "castVoteWithReason(uint256 proposalId, uint8 support, string reason)"
            + " returns (uint256 weight)")
    record CastVoteWithReason(BigInteger proposalId, int support, String reason)
        implements Governor, ContractCall<BigInteger> {}

    @Solidity(
        "queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash)"
            + " returns (uint256 id)")
    record Queue(
        List<AccountId> targets,
        List<BigInteger> values,
        List<Bytes> calldatas,
        Hash descriptionHash)
        implements Governor, ContractCall<BigInteger> {
      public Queue {
        targets = List.copyOf(targets);
        values = List.copyOf(values);
        calldatas = List.copyOf(calldatas);
      }
    }

    @Solidity(
        "execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash)"
            + " returns (uint256 id)")
    record Execute(
        List<AccountId> targets,
        List<BigInteger> values,
        List<Bytes> calldatas,
        Hash descriptionHash)
        implements Governor, ContractCall<BigInteger> {
      public Execute {
        targets = List.copyOf(targets);
        values = List.copyOf(values);
        calldatas = List.copyOf(calldatas);
      }
    }

    @Solidity("state(uint256 proposalId) returns (uint8 state)")
    record State(BigInteger proposalId) implements Governor, ContractCall<ProposalState> {}

    @Solidity(
        "proposalVotes(uint256 proposalId) returns (uint256 againstVotes, uint256 forVotes,"
            + " uint256 abstainVotes)")
    record ProposalVotes(BigInteger proposalId) implements Governor, ContractCall<Votes> {}

    @Solidity("proposalEta(uint256 proposalId) returns (uint256 timestamp)")
    record ProposalEta(BigInteger proposalId) implements Governor, ContractCall<Long> {}

    @Solidity("proposalThreshold() returns (uint256 votes)")
    record ProposalThreshold() implements Governor, ContractCall<TokenAmount> {}

    @Solidity("quorum(uint256 timepoint) returns (uint256 votes)")
    record Quorum(long timepoint) implements Governor, ContractCall<TokenAmount> {}
  }

  /** Votes on a proposal, in tokens. */
  public record Votes(TokenAmount againstVotes, TokenAmount forVotes, TokenAmount abstainVotes) {}

  /** StablePurchase. */
  public sealed interface Purchase {
    @Solidity(
        "buy(address stable, uint256 amount, uint256 minTokens, uint256 minCredits,"
            + " uint256 deadline) returns (uint256 credits)")
    record Buy(
        AccountId stable,
        BigInteger amount,
        TokenAmount minTokens,
        Credits minCredits,
        long deadline)
        implements Purchase, ContractCall<Credits> {}
  }

  /** TestFeed of local chains. */
  public sealed interface Feed {
    @Solidity("set(int256 answer)")
    record Set(BigInteger answer) implements Feed, ContractCall<Nothing> {}
  }
}
