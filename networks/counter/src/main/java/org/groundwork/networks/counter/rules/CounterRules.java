package org.groundwork.networks.counter.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SlotNumber;
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
import org.groundwork.rules.EpochFacts;
import org.groundwork.rules.Fault;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Rules;
import org.groundwork.rules.Score;
import org.groundwork.rules.Slash;
import org.groundwork.rules.Verdict;

/**
 * The rules of {@link CounterNetwork}. A device's carry is the list of its deals; a deal's group
 * counts the slots that were ever proven, a cell's keeps the last median.
 */
final class CounterRules implements Rules {
  static final int MAX_RECORDS = 40;
  static final int MAX_DEALS = 500;

  private final long limit;
  private final long spread;

  CounterRules(long limit, long spread) {
    this.limit = limit;
    this.spread = spread;
  }

  @Override
  public int maxRecordsPerDevice() {
    return MAX_RECORDS;
  }

  @Override
  public List<Challenge> challenges(Seed seed, Device device, Carry carry) {
    return List.of();
  }

  @Override
  public DeviceResult judge(DeviceInput input) {
    Pass pass = new Pass(input);
    input.records().forEach(pass::take);
    return pass.end();
  }

  @Override
  public GroupResult reconcile(GroupInput input) {
    return Cell.isCell(input.group()) ? Cell.reconcile(input, spread) : sold(input);
  }

  /** A deal or a session. */
  private static GroupResult sold(GroupInput input) {
    List<Score> scores = new ArrayList<>();
    List<Amendment> amendments = new ArrayList<>();
    long proven = 0;
    for (Claim claim : input.claims()) {
      if (claim.fact().get(0) == CounterNetwork.VOUCHER) {
        scores.add(voucherScore(claim));
      } else if (!claim.origin().device().equals(input.claims().getFirst().origin().device())) {
        amendments.add(
            new Amendment(
                claim.origin(), new Verdict.Rejected(CounterReason.SECOND, "group taken")));
      } else {
        long slots = provenSlots(claim);
        proven += slots;
        if (slots > 0) {
          scores.add(dealScore(claim, slots));
        }
      }
    }
    return new GroupResult(amendments, scores, count(input.carry(), proven));
  }

  private static Carry count(Carry before, long more) {
    try {
      long count = before.isEmpty() ? 0 : new CanonicalReader(before.content()).u64();
      return count + more == 0
          ? Carry.NONE
          : new Carry(new CanonicalWriter().u64(count + more).toBytes());
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  private static Score voucherScore(Claim claim) {
    try {
      CanonicalReader in = new CanonicalReader(claim.fact());
      in.u8();
      Voucher voucher = Voucher.read(in);
      return new Score(claim.origin().device(), new Entitlement.Paid(voucher, in.account()));
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  private static long provenSlots(Claim claim) {
    try {
      return new CanonicalReader(claim.fact().slice(1, 9)).u64();
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  private static Score dealScore(Claim claim, long slots) {
    try {
      Deal deal = Deal.read(new CanonicalReader(claim.fact().slice(9, claim.fact().size())));
      return new Score(claim.origin().device(), new Entitlement.Proven(deal, slots));
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  /** One device in one epoch. */
  private final class Pass {
    private final DeviceInput input;
    private final TreeMap<Hash, SignedDeal> deals = new TreeMap<>();
    private final Set<SlotNumber> read = new TreeSet<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Slash> slashes = new ArrayList<>();
    private BigInteger capacity = BigInteger.ZERO;
    private RecordRef firstReading;
    private Optional<Claim> inCell = Optional.empty();

    Pass(DeviceInput input) {
      this.input = input;
      this.firstReading = new RecordRef(input.device().id(), new Sequence(0), Hash.ZERO);
      try {
        CanonicalReader kept = new CanonicalReader(input.carry().content());
        while (kept.remaining() > 0) {
          SignedDeal deal = SignedDeal.read(kept);
          deals.put(deal.deal().id(), deal);
        }
      } catch (Malformed e) {
        throw new IllegalStateException(e);
      }
    }

    void take(Admitted record) {
      try {
        CanonicalReader in = new CanonicalReader(record.payload());
        verdicts.add(
            switch (in.u8()) {
              case CounterNetwork.READING -> reading(record, in);
              case CounterNetwork.DEAL -> deal(in);
              case CounterNetwork.VOUCHER -> voucher(record, in);
              case CounterNetwork.CAPACITY -> capacity(in);
              case CounterNetwork.OFFENCE -> offence(in);
              case CounterNetwork.SCOPE -> scope(record, in);
              default -> Verdict.rejected(CommonReason.UNKNOWN_TYPE, "type " + record.type());
            });
      } catch (Malformed e) {
        verdicts.add(Verdict.rejected(CommonReason.MALFORMED, String.valueOf(e.getMessage())));
      }
    }

    private Verdict capacity(CanonicalReader in) throws Malformed {
      capacity = BigInteger.valueOf(in.count());
      in.end();
      return Verdict.ACCEPTED;
    }

    private Verdict offence(CanonicalReader in) throws Malformed {
      int share = (int) Math.min(in.count(), BasisPoints.WHOLE);
      in.end();
      if (share == 0) {
        return Verdict.rejected(CommonReason.MALFORMED, "a share of nothing");
      }
      slashes.add(new Slash(new BasisPoints(share), CounterReason.TOO_HIGH, "it says so"));
      return Verdict.ACCEPTED;
    }

    private Verdict reading(Admitted record, CanonicalReader in) throws Malformed {
      long value = in.u64();
      in.end();
      if (Long.compareUnsigned(value, limit) > 0) {
        return Verdict.rejected(CounterReason.TOO_HIGH, value + " above " + limit);
      }
      if (read.isEmpty()) {
        firstReading = record.ref();
      }
      if (input.device().cell() != 0) {
        inCell = Optional.of(Cell.claim(input.device().cell(), record.ref(), value));
      }
      read.add(record.slot());
      return Verdict.ACCEPTED;
    }

    private Verdict deal(CanonicalReader in) throws Malformed {
      SignedDeal deal = SignedDeal.read(in);
      in.end();
      if (!deal.isGenuine(input.epoch().domain())) {
        return Verdict.rejected(CounterReason.BAD_DEAL, "deal " + deal.deal().id());
      }
      if (deals.size() == MAX_DEALS && !deals.containsKey(deal.deal().id())) {
        return Verdict.rejected(CounterReason.TOO_MANY_DEALS, "more than " + MAX_DEALS);
      }
      deals.put(deal.deal().id(), deal);
      return Verdict.ACCEPTED;
    }

    private Verdict voucher(Admitted record, CanonicalReader in) throws Malformed {
      SignedVoucher voucher = SignedVoucher.read(in);
      in.end();
      Optional<AccountId> signer = input.epoch().signer(voucher);
      if (signer.isEmpty()) {
        return Verdict.rejected(
            CounterReason.BAD_VOUCHER, "session " + voucher.voucher().session());
      }
      GroupKey session = new GroupKey(voucher.voucher().session().bytes());
      CanonicalWriter fact = new CanonicalWriter().u8(CounterNetwork.VOUCHER);
      voucher.voucher().write(fact);
      Bytes signed = fact.account(signer.get()).toBytes();
      claims.add(new Claim(session, record.ref(), signed));
      return Verdict.ACCEPTED;
    }

    private Verdict scope(Admitted record, CanonicalReader in) throws Malformed {
      SignedScopeDeal signed = SignedScopeDeal.read(in);
      in.end();
      if (!signed.isGenuine(input.epoch().domain())) {
        return Verdict.rejected(CounterReason.BAD_DEAL, "scope " + signed.deal().id());
      }
      for (long cell : signed.deal().cells()) {
        claims.add(Cell.claim(cell, record.ref(), signed.deal().terms()));
      }
      return Verdict.ACCEPTED;
    }

    DeviceResult end() {
      List<Fault> faults = new ArrayList<>();
      CanonicalWriter kept = new CanonicalWriter();
      for (SignedDeal deal : deals.values()) {
        int proven = judge(deal.deal(), faults);
        CanonicalWriter fact = new CanonicalWriter().u8(CounterNetwork.DEAL).u64(proven);
        deal.deal().write(fact);
        claims.add(new Claim(new GroupKey(deal.deal().id().bytes()), firstReading, fact.toBytes()));
        deal.write(kept);
      }
      inCell.ifPresent(claims::add);
      return new DeviceResult(
          verdicts, faults, claims, new Carry(kept.toBytes()), capacity, slashes);
    }

    private int judge(Deal deal, List<Fault> faults) {
      EpochFacts epoch = input.epoch();
      int proven = 0;
      SlotNumber slot = epoch.schedule().firstSlot(epoch.epoch());
      SlotNumber last = epoch.schedule().lastSlot(epoch.epoch());
      for (; slot.compareTo(last) <= 0; slot = slot.plus(1)) {
        if (slot.compareTo(deal.startSlot()) < 0 || slot.compareTo(deal.endSlot()) >= 0) {
          continue;
        }
        if (read.contains(slot)) {
          proven++;
        } else {
          faults.add(new Fault(slot, CounterReason.SILENT, "seed " + epoch.seed(slot).value()));
        }
      }
      return proven;
    }
  }
}
