package org.groundwork.settlement.wallet;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.ContractRefusal;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Binding;
import org.groundwork.settlement.abi.ContractCall;
import org.groundwork.settlement.rpc.BlockTag;
import org.groundwork.settlement.rpc.CallRequest;
import org.groundwork.settlement.rpc.Header;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.rpc.Receipt;
import org.groundwork.settlement.rpc.RpcRefusal;
import org.groundwork.settlement.time.Time;

/**
 * Sends transactions of any accounts to one chain and waits for their blocks. One of these per
 * process and chain: it keeps the nonces of an account apart.
 */
public final class Transactions {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Duration FIRST_POLL = Duration.ofMillis(20);
  private static final Duration LAST_POLL = Duration.ofSeconds(2);
  private static final int SEND_ATTEMPTS = 4;
  private static final long GAS_MARGIN_PERCENT = 130;
  private static final long MAX_GAS = 16_000_000;

  private final JsonRpc rpc;
  private final Time time;
  private final long chainId;
  private final Map<AccountId, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Optional<Rehearsal> rehearsal;

  public Transactions(JsonRpc rpc, Time time) throws SettlementException {
    this(rpc, time, Optional.empty());
  }

  private Transactions(JsonRpc rpc, Time time, Optional<Rehearsal> rehearsal)
      throws SettlementException {
    this.rpc = rpc;
    this.time = time;
    this.chainId = rpc.chainId();
    this.rehearsal = rehearsal;
  }

  /**
   * Transactions that are not sent: the first that is more than an approval ends with {@link
   * Rehearsed}, or with what the contract would refuse it for.
   */
  public static Transactions rehearsed(JsonRpc rpc, Time time) throws SettlementException {
    return new Transactions(rpc, time, Optional.of(new Rehearsal()));
  }

  /** Asks a contract, at the latest block. */
  public <R> R read(AccountId contract, ContractCall<R> call) throws SettlementException {
    try {
      Bytes answer = rpc.call(CallRequest.to(contract, Binding.encode(call)), BlockTag.LATEST);
      return Binding.decodeResult(call, answer);
    } catch (RpcRefusal refusal) {
      throw refused(refusal);
    } catch (IllegalArgumentException e) {
      throw new SettlementException(
          Failure.RPC_BAD_ANSWER, "the contract at " + contract + " answers wrongly", e);
    }
  }

  /** Asks a contract several questions, in few requests. */
  public <R> List<R> readAll(AccountId contract, List<? extends ContractCall<R>> calls)
      throws SettlementException {
    List<CallRequest> requests =
        calls.stream().map(call -> CallRequest.to(contract, Binding.encode(call))).toList();
    try {
      List<Bytes> answers = rpc.callAll(requests, BlockTag.LATEST);
      List<R> results = new ArrayList<>(calls.size());
      for (int i = 0; i < calls.size(); i++) {
        results.add(Binding.decodeResult(calls.get(i), answers.get(i)));
      }
      return results;
    } catch (RpcRefusal refusal) {
      throw refused(refusal);
    } catch (IllegalArgumentException e) {
      throw new SettlementException(
          Failure.RPC_BAD_ANSWER, "the contract at " + contract + " answers wrongly", e);
    }
  }

  /**
   * Calls a contract in a transaction and waits for its block.
   *
   * @throws ContractRefusal if the contract reverts
   */
  public Receipt send(AccountKey key, AccountId contract, ContractCall<?> call)
      throws SettlementException {
    return send(key, contract, call, 0);
  }

  /** The same with at least this much gas. */
  Receipt send(AccountKey key, AccountId contract, ContractCall<?> call, long minimumGas)
      throws SettlementException {
    return send(key, contract, BigInteger.ZERO, Binding.encode(call), minimumGas);
  }

  /** Gives some of the chain's own coin, which pays for transactions. */
  public Receipt giveCoin(AccountKey key, AccountId to, BigInteger wei) throws SettlementException {
    return send(key, to, wei, Bytes.EMPTY, 0);
  }

  /** The chain's own coin that an account has. */
  public BigInteger coin(AccountId account) throws SettlementException {
    return rpc.balance(account);
  }

  private Receipt send(AccountKey key, AccountId to, BigInteger value, Bytes data, long minimumGas)
      throws SettlementException {
    CallRequest call = CallRequest.to(to, data).withSender(key.account());
    if (rehearsal.isPresent()) {
      return rehearsal.get().next(to, value, data, () -> gas(call));
    }
    long gas = Math.max(minimumGas, gas(call));
    Bytes raw;
    ReentrantLock lock = locks.computeIfAbsent(key.account(), _ -> new ReentrantLock());
    lock.lock();
    try {
      raw = signed(key, to, value, data, gas);
      hand(raw);
    } finally {
      lock.unlock();
    }
    Receipt receipt = await(SignedTransaction.hash(raw));
    if (!receipt.succeeded()) {
      throw reverted(call, receipt);
    }
    return receipt;
  }

  private long gas(CallRequest call) throws SettlementException {
    try {
      return Math.min(MAX_GAS, rpc.estimateGas(call) * GAS_MARGIN_PERCENT / 100);
    } catch (RpcRefusal refusal) {
      throw refused(refusal);
    }
  }

  private Bytes signed(AccountKey key, AccountId to, BigInteger value, Bytes data, long gas)
      throws SettlementException {
    Header head =
        rpc.block(BlockTag.LATEST)
            .orElseThrow(
                () -> new SettlementException(Failure.RPC_BAD_ANSWER, "there is no latest block"));
    BigInteger tip = rpc.priorityFee();
    long nonce = rpc.transactionCount(key.account(), BlockTag.PENDING);
    // The base fee can double in six blocks; what is not needed is not paid.
    BigInteger most = head.baseFee().shiftLeft(1).add(tip);
    return new SignedTransaction(chainId, nonce, tip, most, gas, to, value, data).sign(key);
  }

  /** Hands a transaction over; again, as it is, where it is unknown whether it arrived. */
  private void hand(Bytes raw) throws SettlementException {
    Hash hash = SignedTransaction.hash(raw);
    for (int attempt = 1; ; attempt++) {
      try {
        rpc.sendRawTransaction(raw);
        return;
      } catch (RpcRefusal refusal) {
        // An earlier attempt that seemed lost may be why this one is refused.
        if (attempt > 1 && rpc.knows(hash)) {
          return;
        }
        throw refused(refusal);
      } catch (SettlementException e) {
        if (attempt == SEND_ATTEMPTS || e.failure() == Failure.INTERRUPTED) {
          throw e;
        }
        if (rpc.knows(hash)) {
          return;
        }
      }
    }
  }

  private Receipt await(Hash hash) throws SettlementException {
    Instant end = time.instant().plus(DEADLINE);
    Duration wait = FIRST_POLL;
    while (true) {
      Optional<Receipt> receipt = rpc.receipt(hash);
      if (receipt.isPresent()) {
        return receipt.get();
      }
      if (time.instant().isAfter(end)) {
        throw new SettlementException(
            Failure.TRANSACTION_PENDING,
            "transaction " + hash + " is in no block after " + DEADLINE.toSeconds() + " s");
      }
      pause(wait);
      wait = wait.multipliedBy(2).compareTo(LAST_POLL) < 0 ? wait.multipliedBy(2) : LAST_POLL;
    }
  }

  private void pause(Duration wait) throws SettlementException {
    try {
      time.pause(wait);
    } catch (InterruptedException e) {
      throw SettlementException.interrupted(e);
    }
  }

  /** Tries the call again where it failed, to hear why; nodes forget old states. */
  private SettlementException reverted(CallRequest call, Receipt receipt) {
    String failed = "transaction " + receipt.transaction() + " failed";
    try {
      rpc.call(call, BlockTag.number(receipt.blockNumber()));
    } catch (RpcRefusal refusal) {
      if (refusal.reverted()) {
        return new ContractRefusal(refusal);
      }
      return new SettlementException(Failure.CONTRACT_REVERTED, failed, refusal);
    } catch (SettlementException e) {
      return new SettlementException(Failure.CONTRACT_REVERTED, failed, e);
    }
    return new SettlementException(
        Failure.CONTRACT_REVERTED, failed + ", and would succeed now: try again");
  }

  private static SettlementException refused(RpcRefusal refusal) {
    return refusal.reverted() ? new ContractRefusal(refusal) : refusal;
  }
}
