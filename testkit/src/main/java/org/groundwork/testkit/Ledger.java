package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.AccountId;

/**
 * A model of the contracts of one deployment: what each command does to balances, stakes, results
 * and claims, or the custom error with which it reverts. It is held equal to the contracts by
 * {@code LedgerTest}.
 *
 * <p>A ledger never changes: {@link #apply} works on a copy.
 */
public final class Ledger {
  final Parameters parameters;
  final ClockRules clock;
  final EmissionRules emission;
  final TokenBook token;
  final OracleBook oracle;
  final NetworksBook networks;
  final CreditsBook credits;
  final OperatorsBook operators;
  final ResultsBook results;
  final ClaimsBook claims;
  final CouncilBook council;
  final SlashingBook slashing;
  final DevicesBook devices;

  // Of the call that is being applied.
  long now;
  AccountId sender = AccountId.ZERO;
  private final List<Event> events = new ArrayList<>();

  /** A deployment as its constructors leave it. */
  public Ledger(Parameters parameters) {
    this.parameters = parameters;
    clock = new ClockRules(parameters.clock());
    emission = new EmissionRules(parameters.emission());
    token = new TokenBook(this);
    oracle = new OracleBook(this);
    networks = new NetworksBook(this);
    credits = new CreditsBook(this);
    operators = new OperatorsBook(this);
    results = new ResultsBook(this);
    claims = new ClaimsBook(this);
    council = new CouncilBook(this);
    slashing = new SlashingBook(this);
    devices = new DevicesBook(this);
  }

  private Ledger(Ledger from) {
    parameters = from.parameters;
    clock = from.clock;
    emission = from.emission;
    now = from.now;
    token = new TokenBook(this, from.token);
    oracle = new OracleBook(this, from.oracle);
    networks = new NetworksBook(this, from.networks);
    credits = new CreditsBook(this, from.credits);
    operators = new OperatorsBook(this, from.operators);
    results = new ResultsBook(this, from.results);
    claims = new ClaimsBook(this, from.claims);
    council = new CouncilBook(this, from.council);
    slashing = new SlashingBook(this, from.slashing);
    devices = new DevicesBook(this, from.devices);
  }

  /** What comes of a call in a block not earlier than the one before. */
  public Outcome apply(Call call) {
    if (call.timestamp() < now) {
      throw new IllegalArgumentException("back from " + now + " to " + call.timestamp());
    }
    Ledger after = new Ledger(this);
    after.now = call.timestamp();
    after.sender = call.sender();
    try {
      after.dispatch(call.command());
      return new Outcome.Accepted(after, after.events);
    } catch (Refusal refusal) {
      return new Outcome.Refused(at(call.timestamp()), refusal.error());
    }
  }

  /** The same ledger at a later second. */
  public Ledger at(long timestamp) {
    Ledger later = new Ledger(this);
    later.now = timestamp;
    return later;
  }

  private void dispatch(Command command) {
    switch (command) {
      case Command.Token c -> token.apply(c);
      case Command.Feed c -> oracle.apply(c);
      case Command.Oracle c -> oracle.apply(c);
      case Command.Registry c -> devices.apply(c);
      case Command.Networks c -> networks.apply(c);
      case Command.Credits c -> credits.apply(c);
      case Command.Operators c -> operators.apply(c);
      case Command.Results c -> results.apply(c);
      case Command.Claims c -> claims.apply(c);
      case Command.Council c -> council.apply(c);
      case Command.Slashing c -> slashing.apply(c);
      case Command.DeviceStakes c -> devices.apply(c);
    }
  }

  /** Everything that can be read of the contracts now, as far as the model knows it. */
  public List<View> views() {
    List<View> views = new ArrayList<>();
    clock.addViews(views, now);
    token.addViews(views);
    oracle.addViews(views);
    networks.addViews(views);
    credits.addViews(views);
    operators.addViews(views);
    results.addViews(views);
    claims.addViews(views);
    council.addViews(views);
    slashing.addViews(views);
    devices.addViews(views);
    return views;
  }

  AccountId address(String contract) {
    return parameters.contract(contract);
  }

  void emit(String name, Object... values) {
    events.add(new Event(name, List.of(values)));
  }

  void requireOwner() {
    Refusal.unless(sender.equals(parameters.owner()), "OwnableUnauthorizedAccount");
  }

  /** Strictly more than two thirds. */
  static boolean isTwoThirds(BigInteger part, BigInteger whole) {
    return part.multiply(BigInteger.valueOf(3)).compareTo(whole.shiftLeft(1)) > 0;
  }

  /** A result as the tuple that the contracts take and emit. */
  static List<Object> values(Result result) {
    return List.of(
        result.deployment(),
        result.epoch(),
        result.attempt(),
        result.closeBlock(),
        result.parent(),
        result.inputs(),
        result.rules(),
        result.carryRoot(),
        result.moneyRoot(),
        result.totals().stream()
            .map(total -> List.<Object>of(total.kind(), total.network(), total.amount()))
            .toList());
  }
}
