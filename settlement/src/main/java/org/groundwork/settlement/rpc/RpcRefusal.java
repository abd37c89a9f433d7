package org.groundwork.settlement.rpc;

import java.util.regex.Pattern;
import org.groundwork.protocol.Bytes;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;

/** The node answered with an error: a number, its text, and what a contract reverted with. */
public final class RpcRefusal extends SettlementException {
  static final int METHOD_NOT_FOUND = -32601;

  private static final Pattern BLOCK_MISSING =
      Pattern.compile("BlockOutOfRange|header not found|unknown block", Pattern.CASE_INSENSITIVE);

  private final int number;
  private final String text;
  private final Bytes revertData;
  private final boolean reverted;

  RpcRefusal(String method, int number, String text, Bytes revertData, boolean reverted) {
    super(
        reverted ? Failure.CONTRACT_REVERTED : Failure.RPC_REFUSED,
        "the node refuses " + method + ": " + text + " (" + number + ")");
    this.number = number;
    this.text = text;
    this.revertData = revertData;
    this.reverted = reverted;
  }

  public int number() {
    return number;
  }

  /** The node's own words. */
  public String text() {
    return text;
  }

  public boolean reverted() {
    return reverted;
  }

  /**
   * Whether the node says that it has not got the block, as anvil does while it mines one, and as
   * nodes behind one address do when they are not equally far. Asking again helps.
   */
  boolean lacksBlock() {
    return BLOCK_MISSING.matcher(text).find();
  }

  /** What the contract said when it reverted; empty if it said nothing or nothing reverted. */
  public Bytes revertData() {
    return revertData;
  }
}
