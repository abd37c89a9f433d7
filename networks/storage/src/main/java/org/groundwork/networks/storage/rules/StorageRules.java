package org.groundwork.networks.storage.rules;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.Voucher;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Amendment;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Challenge;
import org.groundwork.rules.Claim;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Fault;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.Rules;
import org.groundwork.rules.Score;
import org.groundwork.rules.Verdict;

/** The rules of a storage network under one set of parameters. */
public final class StorageRules implements Rules {
  private static final int MAX_RECORDS = 20_000;

  private final StorageParameters parameters;

  public StorageRules(StorageParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public int maxRecordsPerDevice() {
    return MAX_RECORDS;
  }

  @Override
  public List<Challenge> challenges(Seed seed, Device device, Carry carry) {
    Holding holding = Holding.at(seed.slot(), decode(device, carry).deals());
    return holding.isEmpty()
        ? List.of()
        : List.of(
            holding.challenge(
                seed.slot(),
                holding.challenges(seed, device.id(), parameters.challengesPerSlot())));
  }

  @Override
  public DeviceResult judge(DeviceInput input) {
    StorageCarry opening = decode(input.device(), input.carry());
    DealLedger ledger = new DealLedger(opening);
    DealDesk deals = new DealDesk(input.epoch(), input.device(), parameters, ledger);
    SlotJudge slots =
        new SlotJudge(input.epoch(), input.device().id(), parameters, opening.deals());
    VoucherDesk vouchers = new VoucherDesk(input.epoch(), input.device());
    List<Verdict> verdicts = new ArrayList<>(input.records().size());
    List<Claim> claims = new ArrayList<>();
    for (Admitted record : input.records()) {
      verdicts.add(verdict(record, deals, slots, vouchers, claims));
    }
    for (SlotJudge.Proven proven : slots.proven()) {
      StorageFact fact = new StorageFact.ProvenSlots(proven.held().deal(), proven.slots());
      claims.add(new Claim(fact.group(), proven.last(), fact.encode()));
    }
    List<Fault> faults = slots.faults();
    StorageCarry closing =
        ledger.close(
            slots.provenSlots(),
            faults.size(),
            input.epoch().schedule().firstSlot(input.epoch().epoch().next()));
    return new DeviceResult(verdicts, faults, claims, closing.encode());
  }

  private static Verdict verdict(
      Admitted record, DealDesk deals, SlotJudge slots, VoucherDesk vouchers, List<Claim> claims) {
    if (!StorageReport.isKnownType(record.type())) {
      return Verdict.rejected(CommonReason.UNKNOWN_TYPE, "type " + record.type());
    }
    StorageReport report;
    try {
      report = StorageReport.decode(record.payload());
    } catch (Malformed e) {
      return Verdict.rejected(CommonReason.MALFORMED, "payload: " + e.getMessage());
    }
    return switch (report) {
      case StorageReport.DealOpened(var signed) -> deals.open(signed);
      case StorageReport.DealEnded ended -> deals.end(ended);
      case StorageReport.Proof(var answer) -> slots.answer(record, answer);
      case StorageReport.Egress(var signed) -> {
        Verdict verdict = vouchers.take(signed);
        if (verdict instanceof Verdict.Accepted) {
          StorageFact fact = new StorageFact.Owed(signed.voucher(), vouchers.signer(signed));
          claims.add(new Claim(fact.group(), record.ref(), fact.encode()));
        }
        yield verdict;
      }
    };
  }

  @Override
  public GroupResult reconcile(GroupInput input) {
    List<Score> scores = new ArrayList<>();
    List<Claim> owed = new ArrayList<>();
    for (Claim claim : input.claims()) {
      switch (fact(claim)) {
        case StorageFact.ProvenSlots(var deal, long slots) ->
            scores.add(new Score(deal.device(), new Entitlement.Proven(deal, slots)));
        case StorageFact.Owed _ -> owed.add(claim);
      }
    }
    List<Amendment> amendments = new ArrayList<>();
    if (!owed.isEmpty()) {
      Claim highest = highest(owed);
      Voucher voucher = voucher(highest);
      Entitlement paid = new Entitlement.Paid(voucher, owed(highest).signer());
      scores.add(new Score(highest.origin().device(), paid));
      for (Claim claim : owed) {
        if (!claim.equals(highest)) {
          amendments.add(replayed(claim, voucher));
        }
      }
    }
    return new GroupResult(amendments, scores, Carry.NONE);
  }

  /** The first of those that pay most. */
  private static Claim highest(List<Claim> owed) {
    Claim highest = owed.getFirst();
    for (Claim claim : owed) {
      if (voucher(claim).cumulative().compareTo(voucher(highest).cumulative()) > 0) {
        highest = claim;
      }
    }
    return highest;
  }

  private static Amendment replayed(Claim claim, Voucher highest) {
    return new Amendment(
        claim.origin(),
        new Verdict.Rejected(
            StorageReason.VOUCHER_REPLAYED,
            voucher(claim).cumulative()
                + " of session "
                + highest.session()
                + ", "
                + highest.cumulative()
                + " counts"));
  }

  private static Voucher voucher(Claim claim) {
    return owed(claim).voucher();
  }

  private static StorageFact.Owed owed(Claim claim) {
    if (fact(claim) instanceof StorageFact.Owed owed) {
      return owed;
    }
    throw new IllegalStateException("a claim about a session is no voucher");
  }

  private static StorageFact fact(Claim claim) {
    try {
      return StorageFact.decode(claim.fact());
    } catch (Malformed e) {
      throw new IllegalStateException("phase 1 wrote a claim that cannot be read", e);
    }
  }

  private static StorageCarry decode(Device device, Carry carry) {
    try {
      return StorageCarry.decode(device.network(), device.id(), carry);
    } catch (Malformed e) {
      throw new IllegalStateException("the carry of device " + device.id() + " is damaged", e);
    }
  }
}
