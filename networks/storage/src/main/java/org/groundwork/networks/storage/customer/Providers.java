package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.wire.PriceTag;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.rules.Reservation;
import org.jspecify.annotations.Nullable;

/**
 * The providers of the network as this customer knows them: who answers, on what terms, and which
 * reservation pays them. Safe for many threads.
 */
final class Providers {
  private static final Duration LISTING_AGE = Duration.ofSeconds(10);
  private static final Duration TERMS_AGE = Duration.ofSeconds(30);
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(5);

  private static final SignatureVerifier VERIFIER = SignatureVerifiers.best();

  private record Known(Terms terms, Instant read) {}

  /** A provider and what it asks. */
  record Offer(ListedDevice device, Terms terms) {
    DeviceId id() {
      return device.device().id();
    }

    Placement.Candidate candidate() {
      return Providers.candidate(device);
    }
  }

  private final ChainFeed chain;
  private final NetworkId network;
  private final Payer payer;
  private final ProviderClient client;
  private final InstantSource clock;
  private final Map<DeviceId, Known> terms = new ConcurrentHashMap<>();
  private final Map<DeviceId, Instant> resting = new ConcurrentHashMap<>();
  private final Map<DeviceId, Instant> slow = new ConcurrentHashMap<>();
  private final Map<DeviceId, Egress> egress = new ConcurrentHashMap<>();
  private @Nullable List<ListedDevice> listed;
  private Instant listedAt = Instant.MIN;

  Providers(
      ChainFeed chain, NetworkId network, Payer payer, ProviderClient client, InstantSource clock) {
    this.chain = chain;
    this.network = network;
    this.payer = payer;
    this.client = client;
    this.clock = clock;
  }

  /** The providers that state their terms now, by id. */
  List<Offer> alive() throws IOException {
    List<Offer> offers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<ListedDevice, Future<Optional<Terms>>> asked = new LinkedHashMap<>();
      for (ListedDevice device : listed()) {
        if (!device.endpoint().isEmpty()) {
          asked.put(device, threads.submit(() -> terms(device)));
        }
      }
      for (Map.Entry<ListedDevice, Future<Optional<Terms>>> entry : asked.entrySet()) {
        Futures.await(entry.getValue())
            .ifPresent(stated -> offers.add(new Offer(entry.getKey(), stated)));
      }
    }
    return offers;
  }

  /** How many devices the network has. */
  int count() throws IOException {
    return listed().size();
  }

  static Placement.Candidate candidate(ListedDevice device) {
    return new Placement.Candidate(device.device().id(), FailureDomains.of(device));
  }

  /** A device as one that holds a piece; one that is not registered any more shares nothing. */
  Placement.Candidate candidate(DeviceId id) throws IOException {
    return device(id)
        .map(Providers::candidate)
        .orElseGet(() -> new Placement.Candidate(id, Set.of()));
  }

  /** Whether a device wants to be emptied, as far as it answers. */
  boolean isLeaving(DeviceId id) throws IOException {
    return device(id).flatMap(this::terms).filter(Terms::isLeaving).isPresent();
  }

  Optional<ListedDevice> device(DeviceId id) throws IOException {
    return listed().stream().filter(device -> device.device().id().equals(id)).findFirst();
  }

  /** A provider's terms; empty while it does not answer. */
  Optional<Terms> terms(ListedDevice device) {
    DeviceId id = device.device().id();
    Instant now = clock.instant();
    Instant rest = resting.get(id);
    if (rest != null && now.isBefore(rest)) {
      return Optional.empty();
    }
    Known known = terms.get(id);
    if (known != null && now.isBefore(known.read().plus(TERMS_AGE))) {
      return Optional.of(known.terms());
    }
    try {
      Terms stated = signed(device, client.terms(device.endpoint()));
      terms.put(id, new Known(stated, now));
      return Optional.of(stated);
    } catch (IOException e) {
      failed(id);
      return Optional.empty();
    }
  }

  /** The prices that a provider signed, where it did; others are its word alone. */
  private Terms signed(ListedDevice device, Terms stated) throws IOException {
    Optional<PriceTag.Signed> signed = client.price(device.endpoint());
    if (signed.isEmpty()) {
      return stated;
    }
    PriceTag tag = signed.get().tag();
    if (!tag.deployment().equals(chain.domain().deployment())
        || !tag.network().equals(network)
        || !tag.device().equals(device.device().id())
        || !signed.get().isGenuine(device.device().key(), VERIFIER)) {
      throw new IOException(
          "device " + device.device().id() + " shows a price tag that is not its");
    }
    // Clocks differ: one that does not hold yet, or not any more, is as none.
    boolean holds = tag.holdsAt(chain.schedule().slotAt(clock.instant().getEpochSecond()));
    return holds ? stated.with(tag) : stated;
  }

  /** The middle one of the prices that providers state for a GiB and slot. */
  Credits storagePrice() throws IOException {
    List<Credits> asked = new ArrayList<>();
    alive().forEach(offer -> asked.add(offer.terms().storagePrice()));
    if (asked.isEmpty()) {
      throw new IOException("No provider states a price now.");
    }
    asked.sort(Comparator.naturalOrder());
    return asked.get(asked.size() / 2);
  }

  /** Leaves a provider alone for a while. */
  void failed(DeviceId id) {
    terms.remove(id);
    resting.put(id, clock.instant().plus(REST_AFTER_FAILURE));
  }

  /** Notes that others were faster. */
  void slow(DeviceId id) {
    slow.put(id, clock.instant().plus(REST_AFTER_FAILURE));
  }

  /** Whether others should be asked first. */
  boolean isSlow(DeviceId id) {
    Instant until = slow.get(id);
    return until != null && clock.instant().isBefore(until);
  }

  /** The reservation with most credits left for a seller. */
  Optional<Reservation> reservation(AccountId seller) throws IOException {
    EpochNumber now = chain.schedule().epochAt(clock.instant().getEpochSecond());
    return chain.reservationsOf(payer.account()).stream()
        .filter(r -> r.network().equals(network) && r.seller().equals(seller))
        .filter(r -> r.lastEpoch().compareTo(now) >= 0)
        .max(Comparator.comparing(payer::free));
  }

  /** Whether a provider is not resting after a failure. */
  boolean isAnswering(DeviceId id) {
    Instant rest = resting.get(id);
    return rest == null || !clock.instant().isBefore(rest);
  }

  /** A request that is paid: its voucher, and what to tell the session when it is over. */
  record Paid(SignedVoucher voucher, Egress session, Credits price) {
    void done(boolean charged) {
      session.done(price, charged);
    }
  }

  /** Pays for reading so many bytes from a device. */
  Paid pay(ListedDevice device, long bytes) throws IOException, Payer.Exhausted {
    Credits price =
        terms(device).orElseThrow(() -> new IOException("the provider went away")).egress(bytes);
    Egress session = session(device);
    try {
      return new Paid(session.cover(price), session, price);
    } catch (Payer.Exhausted e) {
      // Another reservation may have credits left.
      egress.remove(device.device().id(), session);
      Egress next = session(device);
      return new Paid(next.cover(price), next, price);
    }
  }

  private Egress session(ListedDevice device) throws IOException {
    DeviceId id = device.device().id();
    Egress open = egress.get(id);
    if (open != null) {
      return open;
    }
    Reservation reservation =
        reservation(device.device().owner())
            .orElseThrow(() ->
                new ProviderException(
                    402,
                    "deal.no-reservation",
                    "no credits are reserved for " + device.device().owner()));
    return egress.computeIfAbsent(id, _ -> new Egress(payer.open(reservation)));
  }

  private synchronized List<ListedDevice> listed() throws IOException {
    Instant now = clock.instant();
    List<ListedDevice> known = listed;
    if (known == null || now.isAfter(listedAt.plus(LISTING_AGE))) {
      known = chain.devices(network);
      listed = known;
      listedAt = now;
    }
    return known;
  }
}
