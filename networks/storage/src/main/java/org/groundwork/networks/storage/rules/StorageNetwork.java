package org.groundwork.networks.storage.rules;

import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Voucher;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Reason;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;

/** The resource network {@code storage}. */
public final class StorageNetwork implements ResourceNetwork {
  public static final Kind KIND = new Kind("storage");

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public List<? extends Reason> reasons() {
    return List.of(StorageReason.values());
  }

  @Override
  public Rules rules(Bytes parameters) throws Malformed {
    return new StorageRules(StorageParameters.decode(parameters));
  }

  @Override
  public Bytes defaultParameters() {
    return StorageParameters.DEFAULT.encode();
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
