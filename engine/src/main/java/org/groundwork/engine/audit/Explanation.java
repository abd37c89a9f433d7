package org.groundwork.engine.audit;

import java.util.List;
import org.groundwork.engine.DeviceSummary.FaultLine;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.EconomyLine;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;

/**
 * What an epoch said of a device, in words.
 *
 * @param verdicts on its records, by reason
 * @param faults by reason
 * @param firstFaults the first of them one by one
 * @param economy what else happened to tokens for its service, capacity or offence
 * @param records the report that was asked for, or the first ones that did not count
 * @param segmentsGone segments that nobody keeps any more: their records cannot be shown
 */
public record Explanation(
    DeviceId device,
    EpochNumber epoch,
    Credits charged,
    TokenAmount paid,
    List<Why.Count> verdicts,
    List<Why.Count> faults,
    List<FaultLine> firstFaults,
    List<ChargeLine> charges,
    List<EconomyLine> economy,
    List<RecordLine> records,
    int segmentsGone) {
  public Explanation {
    verdicts = List.copyOf(verdicts);
    faults = List.copyOf(faults);
    firstFaults = List.copyOf(firstFaults);
    charges = List.copyOf(charges);
    economy = List.copyOf(economy);
    records = List.copyOf(records);
  }

  /**
   * One record.
   *
   * @param slot of its segment
   * @param evidence what the verdict rests on; may be empty
   * @param payload described by the network
   */
  public record RecordLine(
      Sequence sequence,
      Hash report,
      Hash segment,
      SlotNumber slot,
      String code,
      String happened,
      String evidence,
      String remedy,
      String payload) {}
}
