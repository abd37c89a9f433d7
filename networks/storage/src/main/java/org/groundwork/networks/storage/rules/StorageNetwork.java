package org.groundwork.networks.storage.rules;

import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Voucher;
import org.groundwork.rules.Kind;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;
import org.groundwork.rules.RulesVersion;
import org.groundwork.rules.Vocabulary;

/** The resource network {@code storage}. */
public final class StorageNetwork implements ResourceNetwork {
  public static final Kind KIND = new Kind("storage");

  /** The only version so far. */
  public static final RulesVersion VERSION_1 =
      new RulesVersion(
          1, Hash.fromHex("6e042c329d5ce3b2c99d7e221ba752c37437af625ed0a66f2808de656cf0ceff"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public Vocabulary vocabulary() {
    return new Vocabulary(List.of(StorageReason.values()), StorageParameters.SCHEMA);
  }

  @Override
  public List<RulesVersion> versions() {
    return List.of(VERSION_1);
  }

  @Override
  public Rules rules(RulesVersion version, Bytes parameters) throws Malformed {
    return new StorageRules(StorageParameters.decode(parameters));
  }

  @Override
  public String describe(Bytes payload) {
    try {
      return describe(StorageReport.decode(payload));
    } catch (Malformed e) {
      return "unreadable: " + e.getMessage();
    }
  }

  private static String describe(StorageReport report) {
    return switch (report) {
      case StorageReport.DealOpened(var signed) -> describe(signed.deal());
      case StorageReport.DealEnded ended -> "the payer ends deal " + ended.deal();
      case StorageReport.Proof(var answer) ->
          "answer to slot " + answer.slot() + ": " + answer.entries().size() + " proofs";
      case StorageReport.Egress(var signed) -> describe(signed.voucher());
    };
  }

  private static String describe(Deal deal) {
    return "deal %s of payer %s: %s credits a slot, at most %s, slots %s to %s"
        .formatted(
            deal.id(), deal.payer(), deal.rate(), deal.cap(), deal.startSlot(), deal.endSlot());
  }

  private static String describe(Voucher voucher) {
    return "voucher of payer %s over %s credits in session %s"
        .formatted(voucher.payer(), voucher.cumulative(), voucher.session());
  }
}
