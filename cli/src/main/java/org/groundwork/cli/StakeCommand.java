package org.groundwork.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.Operator;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stakes of operators and devices. */
@Command(
    name = "stake",
    mixinStandardHelpOptions = true,
    description = "Stakes for verifiers, gateways and devices.",
    subcommands = {
      StakeCommand.Show.class,
      StakeCommand.Join.class,
      StakeCommand.Add.class,
      StakeCommand.Leave.class,
      StakeCommand.Withdraw.class,
      StakeCommand.Restore.class,
      StakeCommand.Device.class
    },
    footer = {
      "",
      "Examples:",
      "  groundwork stake show",
      "  groundwork stake join verifier 1000 --endpoint http://me:8080 --key me.json",
      "  groundwork stake device 3 --add 500 --account provider-3",
    })
final class StakeCommand {
  private StakeCommand() {}

  /** Shows stakes. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows the operators and devices with stake.",
      footer = {"", "Example:", "  groundwork stake show --json"})
  static final class Show extends ChainAction {
    @Override
    Report run(ChainLink link) throws Exception {
      ChainState state = link.chain().stateNow();
      List<Report> operators = new ArrayList<>();
      List<Report> leaving = new ArrayList<>();
      for (Role role : Role.values()) {
        String name = Arguments.name(role);
        for (Operator operator : state.operators(role.number())) {
          operators.add(
              new Report()
                  .put("role", name)
                  .put("operator", operator.operator())
                  .put("signer", operator.signer())
                  .put("stake", operator.stake())
                  .put("weight", operator.weight())
                  .put("endpoint", operator.endpoint()));
        }
        state
            .exits(role.number())
            .forEach((account, epoch) ->
                leaving.add(
                    new Report()
                        .put("role", name)
                        .put("operator", account)
                        .put("release_epoch", epoch.value())));
      }
      List<Report> devices =
          state.deviceStakes().entrySet().stream()
              .map(entry ->
                  new Report()
                      .put("device", entry.getKey().value())
                      .put("stake", entry.getValue().amount())
                      .put("leaving", entry.getValue().leaving().isPresent()))
              .toList();
      return new Report()
          .rows("operators", operators)
          .rows("leaving", leaving)
          .rows("devices", devices);
    }
  }

  /** What the commands about one role have in common. */
  abstract static class OfRole extends SpendAction {
    @Parameters(index = "0", paramLabel = "verifier|gateway", description = "The role.")
    private String role;

    Role role() {
      return Arguments.role(role);
    }

    Report now(ChainLink link, AccountId account) throws IOException {
      Report report = new Report().put("role", Arguments.name(role())).put("operator", account);
      link.chain().stateNow().operators(role().number()).stream()
          .filter(operator -> operator.operator().equals(account))
          .forEach(
              operator -> report.put("stake", operator.stake()).put("weight", operator.weight()));
      return report;
    }
  }

  /** Joins a set. */
  @Command(
      name = "join",
      mixinStandardHelpOptions = true,
      description = "Joins the verifiers or gateways with a stake, counted from the next opening.",
      footer = {
        "",
        "Example:",
        "  groundwork stake join verifier 1000 --endpoint http://me:8080 --key me.json"
      })
  static final class Join extends OfRole {
    @Parameters(index = "1", paramLabel = "TOKENS", description = "The stake.")
    private String amount;

    @Option(names = "--endpoint", required = true, description = "URL of the node.")
    private String endpoint;

    @Option(
        names = "--signer",
        paramLabel = "ADDRESS",
        description = "The node's own key; without it the account itself.")
    private Optional<String> signer;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      wallet.join(
          role(),
          signer.map(Arguments::account).orElse(wallet.account()),
          endpoint,
          Amounts.tokens(amount));
      return now(link, wallet.account());
    }
  }

  /** Adds stake. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Adds to the account's stake.",
      footer = {"", "Example:", "  groundwork stake add verifier 500 --key me.json"})
  static final class Add extends OfRole {
    @Parameters(index = "1", paramLabel = "TOKENS", description = "How much.")
    private String amount;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      wallet.addStake(role(), Amounts.tokens(amount));
      return now(link, wallet.account());
    }
  }

  /** Leaves a set. */
  @Command(
      name = "leave",
      mixinStandardHelpOptions = true,
      description = "Leaves a set; the stake can be withdrawn some final epochs later.",
      footer = {"", "Example:", "  groundwork stake leave verifier --key me.json"})
  static final class Leave extends OfRole {
    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      wallet.leave(role());
      long release =
          Optional.ofNullable(link.chain().stateNow().exits(role().number()).get(wallet.account()))
              .orElseThrow(() -> new Failure("The block is not final yet; look at stake show."))
              .value();
      return now(link, wallet.account()).put("release_epoch", release);
    }
  }

  /** Withdraws. */
  @Command(
      name = "withdraw",
      mixinStandardHelpOptions = true,
      description = "Pays out the account's former stake, less what was slashed.",
      footer = {"", "Example:", "  groundwork stake withdraw verifier --key me.json"})
  static final class Withdraw extends OfRole {
    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      byte[] subject = wallet.account().toSubject().toArray();
      subject[Hash.SIZE - AccountId.SIZE - 1] = (byte) role().number();
      wallet.finaliseWhatIsDue();
      PublicLedger.ProvenLeaf leaf = slashLeaf(link, NetworkId.NONE, Hash.wrap(subject));
      TokenAmount before = wallet.tokens(wallet.account());
      wallet.withdrawStake(role(), new TokenAmount(leaf.leaf().cumulative()), leaf.proof());
      return now(link, wallet.account()).put("paid", wallet.tokens(wallet.account()).minus(before));
    }
  }

  /** Restores the weight. */
  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Gives the account the weight of its whole stake back after skipped epochs.",
      footer = {"", "Example:", "  groundwork stake restore verifier --key me.json"})
  static final class Restore extends OfRole {
    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      wallet.restoreWeight(role());
      return now(link, wallet.account());
    }
  }

  /** Stakes of a device. */
  @Command(
      name = "device",
      mixinStandardHelpOptions = true,
      description = "Adds to a device's stake, asks for it back, or withdraws it.",
      footer = {
        "",
        "Examples:",
        "  groundwork stake device 3 --add 500 --account provider-3",
        "  groundwork stake device 3 --leave --account provider-3",
        "  groundwork stake device 3 --withdraw --account provider-3",
      })
  static final class Device extends SpendAction {
    @Parameters(paramLabel = "DEVICE", description = "Number of the device.")
    private long device;

    @Option(names = "--add", paramLabel = "TOKENS", description = "Adds to the stake.")
    private Optional<String> add;

    @Option(names = "--leave", description = "Asks for the stake back.")
    private boolean leave;

    @Option(names = "--withdraw", description = "Pays it out, less what was slashed.")
    private boolean withdraw;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      DeviceId id = new DeviceId(device);
      long asked = Stream.of(add.isPresent(), leave, withdraw).filter(it -> it).count();
      if (asked != 1) {
        throw new Failure("Give exactly one of --add, --leave and --withdraw.");
      }
      if (add.isPresent()) {
        wallet.stakeDevice(id, Amounts.tokens(add.get()));
      } else if (leave) {
        wallet.unstakeDevice(id);
      } else {
        wallet.finaliseWhatIsDue();
        RegisteredDevice registered =
            link.chain()
                .stateNow()
                .device(id)
                .orElseThrow(() -> new Failure("There is no device " + id + "."));
        PublicLedger.ProvenLeaf leaf = slashLeaf(link, registered.network(), subject(device));
        wallet.withdrawDeviceStake(id, new TokenAmount(leaf.leaf().cumulative()), leaf.proof());
      }
      Report report = new Report().put("device", device);
      Optional.ofNullable(link.chain().stateNow().deviceStakes().get(id))
          .ifPresent(stake ->
              report.put("stake", stake.amount()).put("leaving", stake.leaving().isPresent()));
      return report;
    }

    private static Hash subject(long device) {
      byte[] number = BigInteger.valueOf(device).toByteArray();
      byte[] word = new byte[Hash.SIZE];
      System.arraycopy(number, 0, word, word.length - number.length, number.length);
      return Hash.wrap(word);
    }
  }

  private static PublicLedger.ProvenLeaf slashLeaf(ChainLink link, NetworkId network, Hash subject)
      throws IOException {
    try (PublicLedger ledger = new PublicLedger(link)) {
      return ledger
          .leaf(MoneyKind.SLASH, network, subject)
          .orElseThrow(() ->
              new Failure("The last final result does not know this stake yet; wait for one."));
    }
  }
}
