package org.groundwork.settlement.rpc;

/** Which block a question is about. */
public record BlockTag(String text) {
  public static final BlockTag LATEST = new BlockTag("latest");
  public static final BlockTag FINALIZED = new BlockTag("finalized");
  public static final BlockTag PENDING = new BlockTag("pending");

  public static BlockTag number(long number) {
    return new BlockTag(Quantity.encode(number));
  }
}
