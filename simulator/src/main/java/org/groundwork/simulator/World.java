package org.groundwork.simulator;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.chain.Operator;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.rules.Reservation;

/** All machines of one simulation, the chain, the links, and those who watch. */
final class World {
  private static final BigInteger CHAIN_ID = BigInteger.valueOf(31337);

  /** What a payer set aside for each seller; as many tokens were burned for it. */
  private static final BigInteger RESERVED = BigInteger.TEN.pow(18);

  private final Scenario scenario;
  private final VerifyPool pool;
  private final Agenda agenda;
  private final Dice dice;
  private final Faults faults;
  private final Links links;
  private final List<GatewayMachine> gateways = new ArrayList<>();
  private final List<VerifierMachine> verifiers = new ArrayList<>();
  private final List<DeviceMachine> devices = new ArrayList<>();
  private final List<PayerMachine> payers = new ArrayList<>();
  private final Setting setting;
  private final Directory directory;
  private final SimChain chain;
  private final Witness witness;

  World(Scenario scenario, VerifyPool pool, Consumer<String> trace) {
    this.scenario = scenario;
    this.pool = pool;
    agenda = new Agenda(Scenario.SCHEDULE.genesis() * 1000, trace);
    dice = new Dice(scenario.seed(), "tasks");
    faults = new Faults(this, scenario);
    links = new Links(this);
    for (int i = 0; i < scenario.gateways(); i++) {
      gateways.add(new GatewayMachine("gateway-" + i, this));
    }
    for (int i = 0; i < scenario.verifiers(); i++) {
      boolean odd = i == scenario.verifiers() - 1;
      VerifierMachine.Manner manner = odd ? scenario.odd() : VerifierMachine.Manner.HONEST;
      verifiers.add(new VerifierMachine("verifier-" + i, this, manner, new CounterNetwork()));
    }
    payers.add(new PayerMachine("payer-0", this));
    for (int i = 0; i < scenario.devices(); i++) {
      boolean lies = i == 0 && scenario.lyingDevice();
      devices.add(new DeviceMachine("device-" + i, this, i + 1L, lies));
    }
    setting = makeSetting();
    directory = new Directory(setting);
    chain = new SimChain(this, setting, scenario.finalityMillis());
    witness = new Witness(this);
    for (DeviceMachine device : devices) {
      agree(device);
    }
  }

  private Setting makeSetting() {
    List<Operator> staked = new ArrayList<>();
    for (VerifierMachine verifier : verifiers) {
      staked.add(operator(verifier.key(), verifier.name(), 1024));
    }
    List<Operator> receiving = new ArrayList<>();
    for (GatewayMachine gateway : gateways) {
      receiving.add(operator(gateway.key(), gateway.name(), 10));
    }
    List<Reservation> reservations = new ArrayList<>();
    for (DeviceMachine device : devices) {
      reservations.add(
          new Reservation(
              new ReservationId(Names.hash(seed(), "reservation for " + device.name())),
              payers.getFirst().key().account(),
              ChainView.NETWORK,
              device.owner(),
              new Credits(RESERVED),
              new TokenAmount(RESERVED),
              new EpochNumber(1_000_000)));
    }
    AccountId registry = Names.account(seed(), "registry").account();
    return new Setting(
        SigningDomain.of(CHAIN_ID, registry),
        Scenario.SCHEDULE,
        staked,
        receiving,
        devices.stream().map(DeviceMachine::device).toList(),
        reservations,
        scenario.canaries());
  }

  private static Operator operator(AccountKey key, String endpoint, long stake) {
    return new Operator(key.account(), BigInteger.valueOf(stake), endpoint);
  }

  private void agree(DeviceMachine device) {
    Deal deal = deal(device, reservationFor(device), 0);
    PayerMachine payer = payers.getFirst();
    witness.sawDeal(deal);
    device.agree(new SignedDeal(deal, payer.key().sign(setting.domain().digest(deal.id()))));
  }

  /** A deal of a device; one for each number. */
  Deal deal(DeviceMachine device, Reservation reservation, long number) {
    return new Deal(
        setting.domain().deployment(),
        ChainView.NETWORK,
        device.device().id(),
        reservation.payer(),
        device.owner(),
        reservation.id(),
        new Credits(BigInteger.valueOf(1_000_000 + number)),
        new Credits(RESERVED),
        new SlotNumber(0),
        new SlotNumber(1_000_000),
        Bytes.EMPTY);
  }

  Reservation reservationFor(DeviceMachine device) {
    return setting.reservations().stream()
        .filter(reservation -> reservation.seller().equals(device.owner()))
        .findFirst()
        .orElseThrow();
  }

  PayerMachine payerOf(Reservation reservation) {
    return payers.stream()
        .filter(payer -> payer.key().account().equals(reservation.payer()))
        .findFirst()
        .orElseThrow();
  }

  Optional<DeviceMachine> deviceOf(AccountId seller) {
    return devices.stream().filter(device -> device.owner().equals(seller)).findFirst();
  }

  long seed() {
    return scenario.seed();
  }

  boolean canary(Canary canary) {
    return scenario.canaries().contains(canary);
  }

  Agenda agenda() {
    return agenda;
  }

  Dice dice() {
    return dice;
  }

  Faults faults() {
    return faults;
  }

  Links links() {
    return links;
  }

  Setting setting() {
    return setting;
  }

  Directory directory() {
    return directory;
  }

  SimChain chain() {
    return chain;
  }

  Witness witness() {
    return witness;
  }

  VerifyPool pool() {
    return pool;
  }

  List<GatewayMachine> gateways() {
    return gateways;
  }

  List<VerifierMachine> verifiers() {
    return verifiers;
  }

  List<DeviceMachine> devices() {
    return devices;
  }

  List<Machine> machines() {
    List<Machine> all = new ArrayList<>(gateways);
    all.addAll(verifiers);
    all.addAll(devices);
    all.addAll(payers);
    return all;
  }

  Machine verifierOrGateway(String endpoint) throws IOException {
    for (Machine machine : machines()) {
      if (machine.name().equals(endpoint)) {
        return machine;
      }
    }
    throw new IOException("no address: " + endpoint);
  }

  /** Whether devices and payers are to be silent, so that outboxes can empty. */
  boolean hasQuietened() {
    long end = Scenario.SCHEDULE.genesis() * 1000 + scenario.millis();
    return agenda.millis() > end - 30_000;
  }
}
