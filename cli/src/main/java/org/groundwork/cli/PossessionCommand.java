package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.networks.storage.provider.SummonedPiece;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Court;
import org.groundwork.settlement.wallet.CourtView;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The court for possession proofs. */
@Command(
    name = "possession",
    mixinStandardHelpOptions = true,
    description = {
      "Asks the court on chain whether a device holds a piece, and answers it. Nobody's word",
      "counts there: see docs/decisions/court.md.",
    },
    subcommands = {
      PossessionExportCommand.class,
      PossessionCommand.Summon.class,
      PossessionCommand.Draw.class,
      PossessionCommand.Answer.class,
      PossessionCommand.Fault.class,
      PossessionCommand.RecordSlot.class,
      PossessionClearCommand.class,
      PossessionCommand.Show.class
    },
    footer = {
      "",
      "Examples:",
      "  groundwork dispute possession export 3 --deal 0x5f3c... > report.hex",
      "  groundwork dispute possession summon report.hex --account customer",
      "  groundwork dispute possession draw 1 --account customer",
      "  groundwork dispute possession answer 1 my-provider/data/pieces --account provider",
      "  groundwork dispute possession show 1",
    })
final class PossessionCommand {
  private static final List<String> STATES =
      List.of("none", "waiting", "drawn", "answered", "fault", "dismissed", "lapsed");

  private PossessionCommand() {}

  /** Summons a device. */
  @Command(
      name = "summon",
      mixinStandardHelpOptions = true,
      description = {
        "Demands, as the payer of a deal, that the device shows its piece. Takes the bond, which",
        "is the provider's if it does, and returns if it does not.",
      },
      footer = {
        "",
        "Example:",
        "  groundwork dispute possession summon report.hex --account customer",
        "",
        "FILE is the report with which the device took the deal, as it stands in the segments that",
        "gateways publish: its canonical bytes in hex, which \"possession export\" prints.",
      })
  static final class Summon extends SpendAction {
    @Parameters(paramLabel = "FILE", description = "The device's report that opened the deal.")
    private Path file;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      org.groundwork.protocol.Report report = read(file);
      DeviceId device = report.parse().device();
      RegisteredDevice registered =
          link.chain()
              .stateNow()
              .device(device)
              .orElseThrow(() -> new Failure("Device " + device + " is not registered here."));
      PublicKey key = new PublicKey(KeyType.of(registered.keyType()), registered.key());
      return show(wallet.court(), wallet.court().summon(report, key));
    }

    private static org.groundwork.protocol.Report read(Path file) throws IOException {
      if (!Files.exists(file)) {
        throw new Failure("There is no file " + file + ".");
      }
      if (Files.size(file) > 4L * org.groundwork.protocol.Report.MAX_SIZE) {
        throw new Failure(file + " is too large for a report.");
      }
      try {
        return org.groundwork.protocol.Report.decode(
            Arguments.bytes(Files.readString(file).strip()));
      } catch (Malformed e) {
        throw new Failure(file + " holds no report: " + e.getMessage() + ".", e);
      }
    }
  }

  /** Draws the leaves. */
  @Command(
      name = "draw",
      mixinStandardHelpOptions = true,
      description = "Draws what a summons asks for, once its block is there.",
      footer = {"", "Example:", "  groundwork dispute possession draw 1 --account customer"})
  static final class Draw extends SpendAction {
    @Parameters(paramLabel = "SUMMONS", description = "Its number.")
    private long summons;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      wallet.court().draw(summons);
      return show(wallet.court(), summons);
    }
  }

  /** Answers a summons. */
  @Command(
      name = "answer",
      mixinStandardHelpOptions = true,
      description = {
        "Shows the court what a summons asks for, from the provider's files. The bond goes to the",
        "device's owner. The provider may run meanwhile.",
      },
      footer = {
        "",
        "Example:",
        "  groundwork dispute possession answer 1 my-provider/data/pieces --account provider",
      })
  static final class Answer extends SpendAction {
    @Parameters(index = "0", paramLabel = "SUMMONS", description = "Its number.")
    private long summons;

    @Parameters(
        index = "1",
        paramLabel = "FOLDER",
        description = "Where the pieces are: data/pieces of a provider, or pieces of its disk.")
    private Path folder;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      Court court = wallet.court();
      Calls.Summons found = need(court, summons);
      List<Bytes> proofs =
          SummonedPiece.find(folder, found.root(), found.height())
              .proofs(found.seed(), found.deal(), court.terms().challenges());
      court.answer(summons, proofs);
      return show(court, summons);
    }
  }

  /** Records that nobody answered. */
  @Command(
      name = "fault",
      mixinStandardHelpOptions = true,
      description = "Records that a summons was not answered in time; its bond returns.",
      footer = {"", "Example:", "  groundwork dispute possession fault 1 --account customer"})
  static final class Fault extends SpendAction {
    @Parameters(paramLabel = "SUMMONS", description = "Its number.")
    private long summons;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      wallet.court().showFault(summons);
      return show(wallet.court(), summons);
    }
  }

  /** Keeps the block of a slot. */
  @Command(
      name = "record-slot",
      mixinStandardHelpOptions = true,
      description = {
        "Keeps the block that drew a slot's challenges, so that an answer to them can clear its",
        "device later. The chain knows a block's hash for 256 blocks, or 8,191 (EIP-2935).",
      },
      footer = {"", "Example:", "  groundwork dispute possession record-slot 7 --account provider"})
  static final class RecordSlot extends SpendAction {
    @Parameters(paramLabel = "SLOT", description = "Its number.")
    private long slot;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      SlotNumber number = new SlotNumber(slot);
      recordSlot(link, wallet.court(), number);
      return new Report().put("slot", slot).put("block", wallet.court().slotBlock(number));
    }
  }

  /** Shows summonses. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a summons, or what the court recorded of a device.",
      footer = {
        "",
        "Examples:",
        "  groundwork dispute possession show 1",
        "  groundwork dispute possession show --device 3 --json",
      })
  static final class Show extends ChainAction {
    @Parameters(paramLabel = "SUMMONS", arity = "0..1", description = "Its number.")
    private Optional<Long> summons;

    @Option(names = "--device", paramLabel = "NUMBER", description = "The device.")
    private Optional<Long> device;

    @Override
    Report run(ChainLink link) throws Exception {
      CourtView court =
          new CourtView(new Transactions(link.rpc(), Time.system()), link.deployment());
      if (summons.isPresent() == device.isPresent()) {
        throw new Failure("Name a summons or a device.");
      }
      if (summons.isPresent()) {
        return PossessionCommand.show(court, summons.get());
      }
      Calls.CourtRecord record = court.record(new DeviceId(device.orElseThrow()));
      return new Report()
          .put("device", device.orElseThrow())
          .put("answered", record.answered())
          .put("faults", record.faults());
    }
  }

  static void recordSlot(ChainLink link, Court court, SlotNumber slot) throws IOException {
    link.chain().stateNow();
    long first =
        link.chain()
            .firstBlockAtOrAfter(link.deployment().schedule().slotStart(slot))
            .orElseThrow(() -> new Failure("Slot " + slot + " has not begun."))
            .number();
    court.recordSlot(link.rpc(), slot, first);
  }

  private static Calls.Summons need(CourtView court, long id) throws SettlementException {
    return court.summons(id).orElseThrow(() -> new Failure("There is no summons " + id + "."));
  }

  private static Report show(CourtView court, long id) throws SettlementException {
    Calls.Summons found = need(court, id);
    AccountId payer = found.payer();
    return new Report()
        .put("summons", id)
        .put("state", STATES.get(found.state()))
        .put("device", found.device())
        .put("deal", found.deal())
        .put("payer", payer)
        .put("draw_block", found.drawBlock())
        .put("deadline", found.deadline());
  }
}
