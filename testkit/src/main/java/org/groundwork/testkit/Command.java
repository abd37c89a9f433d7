package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/**
 * A call of a contract's function. A record's name is the function's, its components are the
 * arguments in their order.
 *
 * <p>Not modelled, and so not here: the governor and its timelock (an account is the owner),
 * session keys, attestations, swaps, permits and delegations.
 */
public sealed interface Command {
  /** The contract that is called. */
  String contract();

  /** {@code GroundworkToken}. */
  sealed interface Token extends Command {
    @Override
    default String contract() {
      return "GroundworkToken";
    }

    record Transfer(AccountId to, BigInteger value) implements Token {}

    record Approve(AccountId spender, BigInteger value) implements Token {}

    record Burn(BigInteger amount) implements Token {}

    record Mint(AccountId to, BigInteger amount) implements Token {}
  }

  /** {@code TestFeed}: two of them. */
  sealed interface Feed extends Command {
    record SetAt(String contract, BigInteger answer, long updatedAt) implements Feed {}
  }

  /** {@code PriceOracle}. */
  sealed interface Oracle extends Command {
    @Override
    default String contract() {
      return "PriceOracle";
    }

    record Checkpoint() implements Oracle {}
  }

  /** {@code DeviceRegistry}, as far as stakes need it. */
  sealed interface Registry extends Command {
    @Override
    default String contract() {
      return "DeviceRegistry";
    }

    record Register(long network, int keyType, Bytes key, long cell, String endpoint)
        implements Registry {}

    record TransferFrom(AccountId from, AccountId to, BigInteger tokenId) implements Registry {}
  }

  /** {@code NetworkRegistry}. */
  sealed interface Networks extends Command {
    @Override
    default String contract() {
      return "NetworkRegistry";
    }

    record Create(Hash kind, Hash rulesHash, Bytes parameters, Bootstrap bootstrap)
        implements Networks {}

    record ProposeRules(long networkId, Hash rulesHash, Bytes parameters) implements Networks {}

    record SignalReady(long networkId, Hash rulesHash) implements Networks {}

    record ActivateRules(long networkId, Hash rulesHash, List<AccountId> signers)
        implements Networks {}
  }

  /** {@code Credits}. */
  sealed interface Credits extends Command {
    @Override
    default String contract() {
      return "Credits";
    }

    record Buy(BigInteger tokens, BigInteger minCredits) implements Credits {}

    record BuyFor(AccountId buyer, BigInteger tokens, BigInteger minCredits) implements Credits {}

    record Reserve(long network, AccountId seller, BigInteger credits, long lastEpoch)
        implements Credits {}

    record Release(Hash id, BigInteger charged, List<Hash> proof) implements Credits {}

    record Settle(long network, BigInteger credits, BigInteger basis) implements Credits {}

    record Unsettle(long network, BigInteger credits, BigInteger basis) implements Credits {}
  }

  /** {@code Operators}. */
  sealed interface Operators extends Command {
    @Override
    default String contract() {
      return "Operators";
    }

    record Join(int role, AccountId signer, String endpoint, BigInteger amount)
        implements Operators {}

    record AddStake(int role, BigInteger amount) implements Operators {}

    record SetEndpoint(int role, String endpoint) implements Operators {}

    record Leave(int role) implements Operators {}

    record Withdraw(int role, BigInteger cumulative, List<Hash> proof) implements Operators {}

    record SlashByResult(int role, AccountId operator, BigInteger cumulative, List<Hash> proof)
        implements Operators {}

    record Restore(int role) implements Operators {}

    record Seize(int role, AccountId operator, BigInteger amount) implements Operators {}

    record MarkPresent(long epoch, AccountId signer) implements Operators {}

    record Decay(long epoch) implements Operators {}
  }

  /** {@code Results}. */
  sealed interface Results extends Command {
    @Override
    default String contract() {
      return "Results";
    }

    record CommitIndex(long epoch, AccountId gateway, Hash index, List<Bytes> signatures)
        implements Results {}

    record Submit(Result result, List<Bytes> signatures) implements Results {}

    record Present(long epoch, List<Bytes> signatures) implements Results {}

    record Skip(long epoch) implements Results {}

    record Finalise(BigInteger max) implements Results {}

    record Hold(long epoch, boolean held) implements Results {}

    record VoidFrom(long epoch) implements Results {}

    record Rollback(Result result) implements Results {}
  }

  /** {@code Claims}. */
  sealed interface Claims extends Command {
    @Override
    default String contract() {
      return "Claims";
    }

    record Claim(int kind, AccountId account, long network, BigInteger cumulative, List<Hash> proof)
        implements Claims {}

    record ClaimMany(
        AccountId account,
        List<Integer> kinds,
        List<Long> networks,
        List<BigInteger> cumulatives,
        List<List<Hash>> proofs)
        implements Claims {}

    record Fund() implements Claims {}
  }

  /** {@code Council}. */
  sealed interface Council extends Command {
    @Override
    default String contract() {
      return "Council";
    }

    record Dispute(long epoch, Hash evidence, String reason) implements Council {}

    record Vote(BigInteger id, boolean forVoid, String reason) implements Council {}

    record Expire(BigInteger id) implements Council {}

    record ShowSigner(Result result, Bytes signature) implements Council {}

    record Elect(List<AccountId> members, long term) implements Council {}

    record SetBond(BigInteger bond) implements Council {}
  }

  /** {@code Slashing}. */
  sealed interface Slashing extends Command {
    @Override
    default String contract() {
      return "Slashing";
    }

    record Equivocation(Result first, Bytes firstSignature, Result second, Bytes secondSignature)
        implements Slashing {}

    record SignedVoid(Result result, Bytes signature) implements Slashing {}

    record Execute(BigInteger id) implements Slashing {}

    record Pardon(BigInteger id, String reason) implements Slashing {}

    record BrokenPromise(AccountId gateway, GatewayPromise promise, List<Bytes> signatures)
        implements Slashing {}
  }

  /** {@code DeviceStakes}. */
  sealed interface DeviceStakes extends Command {
    @Override
    default String contract() {
      return "DeviceStakes";
    }

    record Stake(BigInteger deviceId, BigInteger amount) implements DeviceStakes {}

    record Leave(BigInteger deviceId) implements DeviceStakes {}

    record Withdraw(BigInteger deviceId, BigInteger cumulative, List<Hash> proof)
        implements DeviceStakes {}

    record SlashByResult(BigInteger deviceId, BigInteger cumulative, List<Hash> proof)
        implements DeviceStakes {}
  }
}
