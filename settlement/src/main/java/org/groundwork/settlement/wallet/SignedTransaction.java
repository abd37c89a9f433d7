package org.groundwork.settlement.wallet;

import java.math.BigInteger;
import java.util.Arrays;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Keccak256;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/**
 * An EIP-1559 transaction.
 *
 * @param tip paid above the base fee, in wei for one gas
 * @param most paid in all, in wei for one gas
 */
record SignedTransaction(
    long chainId,
    long nonce,
    BigInteger tip,
    BigInteger most,
    long gas,
    AccountId to,
    BigInteger value,
    Bytes data) {
  private static final int R_END = 32;
  private static final int S_END = 64;

  Bytes sign(AccountKey key) {
    RawTransaction transaction =
        RawTransaction.createTransaction(
            chainId,
            BigInteger.valueOf(nonce),
            BigInteger.valueOf(gas),
            to.toHex(),
            value,
            data.toHex(),
            tip,
            most);
    Bytes signature = key.sign(Keccak256.hash(TransactionEncoder.encode(transaction)));
    byte[] bytes = signature.toArray();
    return Bytes.wrap(
        TransactionEncoder.encode(
            transaction,
            new Sign.SignatureData(
                bytes[S_END],
                Arrays.copyOfRange(bytes, 0, R_END),
                Arrays.copyOfRange(bytes, R_END, S_END))));
  }

  /** The name of a signed transaction. */
  static Hash hash(Bytes raw) {
    return Keccak256.hash(raw.unsafeArray());
  }
}
