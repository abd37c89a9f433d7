package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.groundwork.agent.PromiseLog;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.networks.storage.rules.HeldDeal;
import org.groundwork.networks.storage.rules.Holding;
import org.groundwork.networks.storage.rules.SlotAnswer;
import org.groundwork.networks.storage.rules.StorageCarry;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Carry;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.wallet.Court;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has the court record that a device answered a slot. */
@Command(
    name = "clear",
    mixinStandardHelpOptions = true,
    description = {
      "Has the court record that a device answered a slot rightly, whatever verifiers said: from",
      "the report in the public segments, the gateway's promise in the device's outbox, and the",
      "deals of the holding in the published carry. Keeps the slot's block first if nobody did.",
    },
    footer = {
      "",
      "Example:",
      "  groundwork dispute possession clear 3 420 my-provider/data --account provider",
    })
final class PossessionClearCommand extends SpendAction {
  @Parameters(index = "0", paramLabel = "DEVICE", description = "Number of the device.")
  private long device;

  @Parameters(index = "1", paramLabel = "SLOT", description = "The slot that was answered.")
  private long slot;

  @Parameters(index = "2", paramLabel = "FOLDER", description = "Folder of the outbox.")
  private Path outbox;

  @Option(
      names = "--results",
      paramLabel = "COUNT",
      defaultValue = "168",
      description = "How many results to look back (default: ${DEFAULT-VALUE}).")
  private int results;

  @Override
  Report run(ChainLink link, Wallet wallet) throws Exception {
    DeviceId id = new DeviceId(device);
    SlotNumber number = new SlotNumber(slot);
    DeviceRecords.Found found = answer(link, id, number);
    SlotAnswer answer = ((StorageReport.Proof) found.said()).answer();
    Promise promise =
        PromiseLog.find(outbox, found.body().sequence())
            .orElseThrow(() ->
                new Failure(
                    "No promise of report " + found.body().sequence() + " is kept in " + outbox));
    List<Deal> deals = deals(link, found.body().network(), id, answer);
    Court court = wallet.court();
    if (court.slotBlock(number).equals(Hash.ZERO)) {
      PossessionCommand.recordSlot(link, court, number);
    }
    court.clear(promise, found.report().body(), deals);
    Calls.SlotClearing clearing = court.clearing(id, number, answer.holding());
    return new Report()
        .put("device", device)
        .put("slot", slot)
        .put("holding", answer.holding())
        .put("promised", clearing.promised())
        .put("entries", clearing.entries());
  }

  private DeviceRecords.Found answer(ChainLink link, DeviceId id, SlotNumber number)
      throws IOException {
    try (PublicLedger ledger = new PublicLedger(link)) {
      return new DeviceRecords(link, ledger, id, results)
              .find(
                  said ->
                      said instanceof StorageReport.Proof proof
                          && proof.answer().slot().equals(number),
                  1)
              .stream()
              .findFirst()
              .orElseThrow(() ->
                  new Failure(
                      "No report of device "
                          + device
                          + " about slot "
                          + slot
                          + " is in the segments of the last "
                          + results
                          + " results."));
    }
  }

  /** The holding that was answered for, out of the carry with which the slot's epoch opened. */
  private static List<Deal> deals(ChainLink link, NetworkId network, DeviceId id, SlotAnswer answer)
      throws Exception {
    ChainState state = link.chain().stateNow();
    EpochNumber epoch = link.deployment().schedule().epochOf(answer.slot());
    ChainEvent.ResultAccepted before =
        state
            .resultBefore(epoch)
            .orElseThrow(() -> new Failure("No result is before epoch " + epoch + "."));
    CarrySnapshot snapshot =
        link.publicFiles()
            .carry(before.carryRoot())
            .orElseThrow(() ->
                new Failure("Nobody publishes the carry after epoch " + before.epoch() + "."));
    Holding holding = Holding.at(answer.slot(), held(snapshot, network, id));
    if (!holding.hash().equals(answer.holding())) {
      throw new Failure(
          "The device answered for holding "
              + answer.holding()
              + ", results show "
              + holding.hash()
              + ": the court would clear another one than is disputed.");
    }
    return holding.deals().stream().map(HeldDeal::deal).toList();
  }

  private static List<HeldDeal> held(CarrySnapshot snapshot, NetworkId network, DeviceId id)
      throws Malformed {
    Carry carry = new Carry(snapshot.get(CarryKey.device(network, id)));
    return StorageCarry.decode(network, id, carry).deals();
  }
}
