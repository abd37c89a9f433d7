package org.groundwork.engine.money;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceStake;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.money.EconomyLine.Cause;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.rules.Device;
import org.groundwork.rules.Slash;

/**
 * Takes what rules say of devices' stakes: shares of the stake at the opening, all of it at most.
 */
final class Slashing {
  private final EpochPlan plan;
  private final Tokens tokens;
  private final Books books;
  private final SortedMap<DeviceId, Offence> offences = new TreeMap<>();

  private record Offence(Device device, List<Slash> slashes) {}

  Slashing(EpochPlan plan, Tokens tokens, Books books) {
    this.plan = plan;
    this.tokens = tokens;
    this.books = books;
  }

  void add(Device device, List<Slash> ofDevice) {
    if (!ofDevice.isEmpty()) {
      offences.put(device.id(), new Offence(device, List.copyOf(ofDevice)));
    }
  }

  /** The devices that rules slashed, whether they had a stake or not. */
  Set<DeviceId> slashed() {
    return offences.keySet();
  }

  void settle() {
    offences.forEach((id, offence) -> {
      Device device = offence.device();
      TokenAmount stake = plan.deviceStake(id).map(DeviceStake::amount).orElse(TokenAmount.ZERO);
      int taken = 0;
      for (Slash slash : offence.slashes()) {
        int share = Math.min(slash.share().value(), BasisPoints.WHOLE - taken);
        taken += share;
        TokenAmount amount = PaymentRule.share(stake, new BasisPoints(share));
        books.slash(device.network(), DeviceStake.subject(id), amount);
        String note = (slash.reason().code() + " " + slash.evidence()).strip();
        tokens.note(Cause.SLASHED, device.network(), device.owner(), id, amount, note);
      }
    });
  }
}
