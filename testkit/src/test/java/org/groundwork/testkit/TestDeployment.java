package org.groundwork.testkit;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.settlement.abi.ContractAbi;
import org.groundwork.settlement.abi.ContractAbi.Decoded;
import org.groundwork.settlement.deploy.Artifact;
import org.groundwork.testkit.TestChain.Answer;
import org.groundwork.testkit.TestChain.Log;
import org.groundwork.testkit.TestChain.Receipt;

/**
 * The contracts on a chain, with random parameters, in the order of {@code contracts/README.md}. An
 * account stands where the timelock does; governor, sessions and attestations are left out.
 */
final class TestDeployment {
  private static final BigInteger TOKEN = BigInteger.TEN.pow(18);
  private static final Set<String> NOT_MODELLED =
      Set.of("Transfer", "Approval", "AnswerChanged", "DelegateVotesChanged");

  /** In the order of their creation. */
  private static final List<String> CONTRACTS =
      List.of(
          "TestFeedA",
          "TestFeedB",
          "EpochClock",
          "DeviceRegistry",
          "NetworkRegistry",
          "PriceOracle",
          "GroundworkToken",
          "Credits",
          "Operators",
          "DeviceStakes",
          "EmissionSchedule",
          "Council",
          "Slashing",
          "Results",
          "Claims");

  private static final Map<String, Artifact> ARTIFACTS = new HashMap<>();
  private static final Map<String, ContractAbi> ABIS = new HashMap<>();

  static {
    for (String name : CONTRACTS) {
      Artifact artifact = Artifact.of(name.startsWith("TestFeed") ? "TestFeed" : name);
      ARTIFACTS.put(name, artifact);
      ABIS.put(name, new ContractAbi(artifact.abi()));
    }
  }

  private final TestChain chain;
  private final Parameters parameters;
  private final Map<AccountId, String> names = new HashMap<>();

  private TestDeployment(TestChain chain, Parameters parameters) {
    this.chain = chain;
    this.parameters = parameters;
    parameters.contracts().forEach((name, address) -> names.put(address, name));
  }

  static TestDeployment create(TestChain chain, Random random) throws IOException {
    Parameters parameters = parameters(chain, random);
    TestDeployment deployment = new TestDeployment(chain, parameters);
    Map<String, List<?>> arguments = arguments(parameters);
    for (String name : CONTRACTS) {
      create(chain, name, arguments.getOrDefault(name, List.of()));
    }
    return deployment;
  }

  /** Creates one contract. */
  static AccountId create(TestChain chain, String name, List<?> arguments) throws IOException {
    AccountId creator = chain.rich().account();
    AccountId address = TestChain.created(creator, chain.nonce(creator));
    Artifact artifact = Objects.requireNonNull(ARTIFACTS.get(name));
    Receipt receipt =
        chain.create(chain.rich(), abi(name).creation(artifact.creation(), arguments));
    if (!receipt.succeeded()) {
      throw new IOException(name + " is not created: " + errorOf(receipt.revertData()));
    }
    return address;
  }

  private static Parameters parameters(TestChain chain, Random random) {
    long now = chain.now();
    long genesis = now + 60;
    Map<String, AccountId> contracts = new HashMap<>();
    long nonce = chain.nonce(chain.rich().account());
    for (int i = 0; i < CONTRACTS.size(); i++) {
      contracts.put(CONTRACTS.get(i), TestChain.created(chain.rich().account(), nonce + i));
    }
    AccountId registry = Objects.requireNonNull(contracts.get("DeviceRegistry"));
    int decline = 5_000 + random.nextInt(5_000);
    long period = 1L + random.nextInt(12);
    BigInteger rate = TOKEN.multiply(BigInteger.valueOf(random.nextInt(2_000)));
    BigInteger hardCap =
        rate.multiply(BigInteger.valueOf(period * 10_000))
            .divide(BigInteger.valueOf(10_000 - decline))
            .add(BigInteger.ONE);
    return new Parameters(
        SigningDomain.of(BigInteger.valueOf(TestChain.CHAIN_ID), registry),
        contracts,
        Cast.owner(),
        Cast.founder(),
        genesis + random.nextInt(400),
        chain.rich().account(),
        TOKEN.multiply(BigInteger.valueOf(1_000_000_000)),
        new Parameters.Clock(
            genesis, 5 + random.nextInt(10), 2 + random.nextInt(4), 1 + random.nextInt(3)),
        new Parameters.Prices(
            List.of(random.nextInt(19), 8),
            List.of(BigInteger.ONE, BigInteger.TWO),
            List.of(now, now),
            200 + random.nextInt(2_000),
            30 + random.nextInt(1_970),
            1 + random.nextInt(4),
            5 + random.nextInt(100)),
        new Parameters.Stakes(
            oddTokens(random, 1_000),
            oddTokens(random, 100),
            1 + random.nextInt(3),
            1 + random.nextInt(3)),
        new Parameters.Emission(
            rate,
            period,
            decline,
            hardCap,
            random.nextInt(5_000),
            random.nextInt(3_000),
            random.nextInt(2_001),
            Cast.actor(2)),
        new Parameters.Disputes(
            oddTokens(random, 1_000),
            2 + random.nextInt(12),
            List.of(Cast.actor(7), Cast.actor(8), Cast.actor(9), Cast.signer(8)),
            now + 3_600 + random.nextInt(40_000),
            1 + random.nextInt(12)),
        new Parameters.Settling(
            random.nextInt(3),
            500 + random.nextInt(4_501),
            random.nextInt(3_001),
            1 + random.nextInt(8),
            1 + random.nextInt(3),
            1 + random.nextInt(4)),
        1 + random.nextInt(random.nextBoolean() ? 100 : 10_000),
        1 + random.nextInt(40));
  }

  /** Whole tokens and a little more, so that parts of them are rounded. */
  private static BigInteger oddTokens(Random random, int most) {
    return TOKEN
        .multiply(BigInteger.valueOf(1 + random.nextInt(most)))
        .add(BigInteger.valueOf(random.nextInt(1_000)));
  }

  private static Map<String, List<?>> arguments(Parameters p) {
    AccountId token = p.contract("GroundworkToken");
    AccountId clock = p.contract("EpochClock");
    AccountId registry = p.contract("DeviceRegistry");
    AccountId networks = p.contract("NetworkRegistry");
    AccountId operators = p.contract("Operators");
    AccountId results = p.contract("Results");
    AccountId council = p.contract("Council");
    Parameters.Prices prices = p.prices();
    Map<String, List<?>> arguments = new HashMap<>();
    arguments.put(
        "TestFeedA", List.of(prices.decimals().get(0), prices.answers().get(0), p.owner()));
    arguments.put(
        "TestFeedB", List.of(prices.decimals().get(1), prices.answers().get(1), p.owner()));
    arguments.put(
        "EpochClock",
        List.of(
            p.clock().genesis(),
            p.clock().slotSeconds(),
            p.clock().slotsPerEpoch(),
            p.clock().commitSlots()));
    arguments.put(
        "NetworkRegistry", List.of(p.owner(), p.founder(), p.foundingEnds(), clock, operators));
    arguments.put(
        "PriceOracle",
        List.of(
            clock,
            p.contract("TestFeedA"),
            p.contract("TestFeedB"),
            prices.maxAge(),
            prices.maxDeviationBps(),
            prices.history(),
            prices.maxQuietSlots()));
    arguments.put(
        "GroundworkToken",
        List.of("Groundwork", "GRND", p.contract("Claims"), p.genesisHolder(), p.genesisSupply()));
    arguments.put(
        "Credits", List.of(token, p.contract("PriceOracle"), registry, networks, clock, results));
    arguments.put(
        "Operators",
        List.of(
            token,
            clock,
            results,
            p.contract("Slashing"),
            p.stakes().minVerifierStake(),
            p.stakes().minGatewayStake(),
            p.stakes().exitEpochs()));
    arguments.put(
        "DeviceStakes", List.of(token, registry, clock, results, p.stakes().deviceExitEpochs()));
    arguments.put("EmissionSchedule", List.of(abiOf(p.emission())));
    Parameters.Disputes disputes = p.disputes();
    arguments.put(
        "Council",
        List.of(
            token,
            clock,
            operators,
            results,
            p.owner(),
            disputes.bond(),
            disputes.councilSlots(),
            disputes.council(),
            disputes.councilUntil() - p.prices().updatedAt().getFirst()));
    arguments.put(
        "Slashing",
        List.of(
            token,
            clock,
            registry,
            operators,
            results,
            council,
            p.owner(),
            disputes.appealSlots()));
    arguments.put(
        "Results",
        List.of(
            List.of(
                clock,
                registry,
                operators,
                p.contract("Credits"),
                networks,
                p.contract("EmissionSchedule"),
                council),
            abiOf(p.settling())));
    arguments.put(
        "Claims", List.of(token, results, operators, clock, p.windowBps(), p.windowSlots()));
    return arguments;
  }

  Parameters parameters() {
    return parameters;
  }

  private static ContractAbi abi(String contract) {
    return Objects.requireNonNull(ABIS.get(contract));
  }

  /** What came of a call, as text: an error's name, or what was emitted. */
  record Actual(String error, List<String> events) {}

  /** Sends a command in a block of its second. */
  Actual send(Call call) throws IOException {
    chain.goTo(call.timestamp());
    Command command = call.command();
    Bytes data = abi(command.contract()).call(functionOf(command), argumentsOf(command));
    AccountId contract = parameters.contract(command.contract());
    Receipt receipt =
        chain.send(
            call.sender().equals(chain.rich().account()) ? chain.rich() : Cast.key(call.sender()),
            contract,
            data);
    if (!receipt.succeeded()) {
      return new Actual(errorOf(receipt.revertData()), List.of());
    }
    List<String> events = new ArrayList<>();
    for (Log log : receipt.logs()) {
      String name = names.get(log.address());
      Decoded event =
          abi(Objects.requireNonNull(name)).event(log.topics(), log.data()).orElseThrow();
      if (!NOT_MODELLED.contains(event.name())) {
        events.add(event.name() + text(event.values()));
      }
    }
    return new Actual("", events.stream().sorted().toList());
  }

  /** Readings that differ from what the model says. */
  List<String> differences(List<View> views) throws IOException {
    return differences(chain, parameters::contract, views);
  }

  static List<String> differences(
      TestChain chain, Function<String, AccountId> addresses, List<View> views) throws IOException {
    List<TestChain.Call> calls = new ArrayList<>();
    for (View view : views) {
      calls.add(
          new TestChain.Call(
              addresses.apply(view.contract()),
              abi(view.contract()).call(view.function(), view.arguments())));
    }
    List<Answer> answers = chain.callAll(calls);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      View view = views.get(i);
      Answer answer = answers.get(i);
      String expected = view.error().isEmpty() ? text(view.expected()) : view.error();
      String actual =
          answer.succeeded()
              ? text(abi(view.contract()).result(view.function(), answer.data()))
              : errorOf(answer.data());
      if (!expected.equals(actual)) {
        differences.add(
            "%s.%s%s: model %s, chain %s"
                .formatted(
                    view.contract(), view.function(), text(view.arguments()), expected, actual));
      }
    }
    return differences;
  }

  private static String functionOf(Command command) {
    String name = command.getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static List<Object> argumentsOf(Command command) {
    List<Object> arguments = abiOf((Record) command);
    // Which feed is meant is no argument.
    return command instanceof Command.Feed ? arguments.subList(1, arguments.size()) : arguments;
  }

  /** The components of a record as ABI values, records in them as tuples. */
  static List<Object> abiOf(Record record) {
    return components(record).stream().map(TestDeployment::plain).toList();
  }

  static List<Object> components(Record record) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        java.lang.reflect.Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        values.add(accessor.invoke(record));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return values;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case AccountId account -> account;
      case Hash hash -> hash;
      case Record record -> abiOf(record);
      case List<?> list -> list.stream().map(TestDeployment::plain).toList();
      default -> value;
    };
  }

  private static String errorOf(Bytes data) {
    if (data.toHex().startsWith("0x4e487b71")) {
      return "Panic";
    }
    for (ContractAbi abi : ABIS.values()) {
      Optional<Decoded> error = abi.error(data);
      if (error.isPresent()) {
        return error.get().name();
      }
    }
    return "unknown error " + data.toHex();
  }

  /** One text for values of either side. */
  static String text(Object value) {
    return switch (value) {
      case Hash hash -> hash.toHex();
      case AccountId account -> account.toHex();
      case List<?> list -> list.stream().map(TestDeployment::text).toList().toString();
      default -> value.toString();
    };
  }

  /** What the model emits, as {@link #send} writes it. */
  static List<String> texts(List<Event> events) {
    return events.stream().map(event -> event.name() + text(event.values())).sorted().toList();
  }
}
