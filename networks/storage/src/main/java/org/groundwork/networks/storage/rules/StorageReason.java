package org.groundwork.networks.storage.rules;

import org.groundwork.rules.Reason;

/** Why the storage network does not accept a record or a slot. */
public enum StorageReason implements Reason {
  PROOF_WRONG(
      64,
      "storage.proof-wrong",
      "A proof does not lead to the commitment of the piece that was challenged.",
      "Check the disk and run the scrubber; a damaged piece has to be stored again or given up."),
  NO_ANSWER(
      65,
      "storage.no-answer",
      "The slot's challenges were not answered.",
      "Keep the provider running and connected to a gateway."),
  LATE_ANSWER(
      66,
      "storage.late-answer",
      "The answer to the slot's challenges arrived too late.",
      "Check the clock, the load of the disk and the connection to the gateways."),
  HOLDING_DIFFERS(
      67,
      "storage.holding-differs",
      "The answer was made for another list of deals than the one that counts.",
      "Let the provider follow the final results; it corrects its list by itself."),
  PIECE_LOST(
      68,
      "storage.piece-lost",
      "The device says that it cannot read a piece that was challenged.",
      "Bring the disk back, or have the customer store the piece again."),
  ANSWERED_ALREADY(
      69,
      "storage.answered-already",
      "An earlier answer has proven this slot; it counts once.",
      "Nothing to do."),
  OTHER_EPOCH(
      70,
      "storage.other-epoch",
      "The answer is for a slot of another epoch than its report.",
      "Check the device's clock; answers count only in the epoch of their slot."),
  NOT_CHALLENGED(
      71,
      "storage.not-challenged",
      "The device held nothing in this slot, so it was not challenged.",
      "Nothing to do; deals count from the epoch after their report."),
  DEAL_UNSIGNED(
      72,
      "storage.deal-unsigned",
      "The payer did not sign this deal.",
      "Take deals only with the payer's own signature."),
  DEAL_OTHER_DEPLOYMENT(
      73,
      "storage.deal-other-deployment",
      "The deal was signed for another deployment.",
      "Point both sides at the same deployment file."),
  DEAL_OTHER_NETWORK(
      74,
      "storage.deal-other-network",
      "The deal was signed for another network.",
      "Report deals in the network that they name."),
  DEAL_OTHER_DEVICE(
      75,
      "storage.deal-other-device",
      "The deal names another device.",
      "Report deals by the device that they name."),
  DEAL_OTHER_SELLER(
      76,
      "storage.deal-other-seller",
      "The deal pays another account than the device's owner.",
      "Take deals only for the owner that the registry shows."),
  DEAL_TERMS(
      77,
      "storage.deal-terms",
      "The deal's terms are not the version 2 CID of a piece of an allowed size.",
      "Put the bytes of one piece CID v2 into the terms."),
  NO_RESERVATION(
      78,
      "storage.no-reservation",
      "The chain shows no such reservation of this payer for this seller in this network.",
      "Check the reservation on chain before serving."),
  RESERVATION_OVER(
      79,
      "storage.reservation-over",
      "The last epoch that may charge the reservation was over.",
      "Ask the customer for a new reservation before the last epoch ends."),
  DEAL_ABOVE_RESERVATION(
      80,
      "storage.deal-above-reservation",
      "The deal's cap is above what its reservation holds.",
      "Take deals only within the payer's reservation."),
  DEAL_KNOWN(
      81, "storage.deal-known", "The deal was reported before; it counts once.", "Nothing to do."),
  DEAL_OVER(
      82,
      "storage.deal-over",
      "The deal ends before it could be proven.",
      "Report deals as soon as they are signed, and make them last beyond the next epoch."),
  TOO_MANY_DEALS(
      83,
      "storage.too-many-deals",
      "The device has as many deals as the network allows.",
      "Register another device, or take fewer and larger pieces."),
  DEAL_UNKNOWN(
      84,
      "storage.deal-unknown",
      "The device has no such deal.",
      "Nothing to do if the deal was over already."),
  DEAL_ENDED(
      85, "storage.deal-ended", "The deal was ended before; it ends once.", "Nothing to do."),
  DEAL_END_UNSIGNED(
      86,
      "storage.deal-end-unsigned",
      "The payer did not sign the end of this deal.",
      "End deals early only with the payer's own signature."),
  VOUCHER_UNSIGNED(
      87,
      "storage.voucher-unsigned",
      "The payer did not sign this voucher.",
      "Take vouchers only with the payer's own signature."),
  VOUCHER_OTHER_DEPLOYMENT(
      88,
      "storage.voucher-other-deployment",
      "The voucher was signed for another deployment.",
      "Point both sides at the same deployment file."),
  VOUCHER_OTHER_NETWORK(
      89,
      "storage.voucher-other-network",
      "The voucher was signed for another network.",
      "Report vouchers in the network that they name."),
  VOUCHER_OTHER_SELLER(
      90,
      "storage.voucher-other-seller",
      "The voucher pays another account than the device's owner.",
      "Report vouchers by a device of the account that they pay."),
  VOUCHER_ABOVE_RESERVATION(
      91,
      "storage.voucher-above-reservation",
      "The voucher is above what its reservation holds.",
      "Serve only within the payer's reservation."),
  VOUCHER_REPLAYED(
      92,
      "storage.voucher-replayed",
      "The same voucher, or a higher one of its session, counts in this epoch.",
      "Nothing to do; only the highest voucher of a session counts.");

  private final int number;
  private final String code;
  private final String happened;
  private final String remedy;

  StorageReason(int number, String code, String happened, String remedy) {
    this.number = number;
    this.code = code;
    this.happened = happened;
    this.remedy = remedy;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String happened() {
    return happened;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
