package org.groundwork.settlement.local;

import java.math.BigInteger;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/** Signed transfers of one wei from anvil's first account. */
final class Transfers {
  static final AccountId RECEIVER = AccountId.fromHex("0x00000000000000000000000000000000000000aa");

  static final AccountId SENDER = AccountId.fromHex("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");

  /** Anvil's well-known first account. */
  private static final String RICH =
      "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

  private static final BigInteger GAS = BigInteger.valueOf(21_000);
  private static final BigInteger GWEI = BigInteger.TEN.pow(9);

  private Transfers() {}

  static Bytes transfer(long nonce) {
    return signed(nonce, RICH);
  }

  static Bytes fromPauper() {
    return signed(0, "0x1111111111111111111111111111111111111111111111111111111111111111");
  }

  private static Bytes signed(long nonce, String key) {
    RawTransaction transaction =
        RawTransaction.createTransaction(
            LocalChainSettings.STANDARD_CHAIN_ID,
            BigInteger.valueOf(nonce),
            GAS,
            RECEIVER.toHex(),
            BigInteger.ONE,
            "",
            GWEI,
            GWEI.multiply(BigInteger.TEN));
    return Bytes.wrap(TransactionEncoder.signMessage(transaction, Credentials.create(key)));
  }
}
