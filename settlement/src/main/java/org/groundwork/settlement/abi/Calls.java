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
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.Role;

/** The functions that are called, by contract. */
public final class Calls {
  private static final String RESULT =
      "(bytes32 deployment, uint64 epoch, uint32 attempt, bytes32 closeBlock, bytes32 parent,"
          + " bytes32 inputs, bytes32 rules, bytes32 carryRoot, bytes32 moneyRoot,"
          + " (uint8 kind, uint32 network, uint256 amount)[] totals) result";

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

    @Solidity("totalSupply() returns (uint256 supply)")
    record TotalSupply() implements Token, ContractCall<TokenAmount> {}
  }

  /** Credits. */
  public sealed interface CreditsContract {
    @Solidity("buy(uint256 tokens, uint256 minCredits) returns (uint256 credits)")
    record Buy(TokenAmount tokens, Credits minCredits)
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

    @Solidity("history() returns (uint8 history)")
    record History() implements Oracle, ContractCall<Integer> {}
  }

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
        "create(bytes32 kind, bytes32 rulesHash, bytes parameters) returns (uint32 networkId)")
    record Create(Hash kind, Hash rulesHash, Bytes parameters)
        implements Networks, ContractCall<NetworkId> {}

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

    @Solidity("withdraw(uint8 role)")
    record Withdraw(Role role) implements OperatorSets, ContractCall<Nothing> {}

    @Solidity("stakeAt(uint8 role, address signer, uint256 timestamp) returns (uint256 stake)")
    record StakeAt(Role role, AccountId signer, long timestamp)
        implements OperatorSets, ContractCall<TokenAmount> {}

    @Solidity("totalAt(uint8 role, uint256 timestamp) returns (uint256 stake)")
    record TotalAt(Role role, long timestamp) implements OperatorSets, ContractCall<TokenAmount> {}

    @Solidity(
        "members(uint8 role) returns ((address operator, address signer, uint256 stake,"
            + " string endpoint)[] list)")
    record Members(Role role) implements OperatorSets, ContractCall<List<Member>> {}
  }

  /** A member of a set. */
  public record Member(AccountId operator, AccountId signer, TokenAmount stake, String endpoint) {}

  /** Results. */
  public sealed interface ResultsContract {
    @Solidity("commitIndex(uint64 epoch, address gateway, bytes32 index, bytes[] signatures)")
    record CommitIndex(EpochNumber epoch, AccountId gateway, Hash index, List<Bytes> signatures)
        implements ResultsContract, ContractCall<Nothing> {
      public CommitIndex {
        signatures = List.copyOf(signatures);
      }
    }

    @Solidity("submit(" + RESULT + ", bytes[] signatures)")
    record Submit(EpochStatement result, List<Bytes> signatures)
        implements ResultsContract, ContractCall<Nothing> {
      public Submit {
        signatures = List.copyOf(signatures);
      }
    }

    @Solidity("inputsOf(uint64 epoch) returns (bytes32 inputs)")
    record InputsOf(EpochNumber epoch) implements ResultsContract, ContractCall<Hash> {}

    @Solidity("nextEpoch() returns (uint64 epoch)")
    record NextEpoch() implements ResultsContract, ContractCall<EpochNumber> {}

    @Solidity("authorised(uint8 kind, uint32 network) returns (uint256 amount)")
    record Authorised(MoneyKind kind, NetworkId network)
        implements ResultsContract, ContractCall<BigInteger> {}

    @Solidity("hashResult(" + RESULT + ") returns (bytes32 hash)")
    record HashResult(EpochStatement result) implements ResultsContract, ContractCall<Hash> {}

    @Solidity("resultDigest(" + RESULT + ") returns (bytes32 digest)")
    record ResultDigest(EpochStatement result) implements ResultsContract, ContractCall<Hash> {}

    @Solidity("indexDigest(uint64 epoch, address gateway, bytes32 index) returns (bytes32 digest)")
    record IndexDigest(EpochNumber epoch, AccountId gateway, Hash index)
        implements ResultsContract, ContractCall<Hash> {}

    @Solidity("mBurnBps() returns (uint16 share)")
    record BurnShare() implements ResultsContract, ContractCall<BasisPoints> {}

    @Solidity("mOpsBps() returns (uint16 share)")
    record OperatorShare() implements ResultsContract, ContractCall<BasisPoints> {}
  }

  /** Claims. */
  public sealed interface ClaimsContract {
    @Solidity(
        "claim(address account, uint32 network, uint256 cumulative, bytes32[] proof)"
            + " returns (uint256 amount)")
    record Claim(AccountId account, NetworkId network, TokenAmount cumulative, List<Hash> proof)
        implements ClaimsContract, ContractCall<TokenAmount> {
      public Claim {
        proof = List.copyOf(proof);
      }
    }

    @Solidity("claimed(address account, uint32 network) returns (uint256 amount)")
    record Claimed(AccountId account, NetworkId network)
        implements ClaimsContract, ContractCall<TokenAmount> {}
  }

  /** TestFeed of local chains. */
  public sealed interface Feed {
    @Solidity("set(int256 answer)")
    record Set(BigInteger answer) implements Feed, ContractCall<Nothing> {}
  }
}
