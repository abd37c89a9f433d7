package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.OutboxFull;
import org.groundwork.networks.storage.rules.HeldDeal;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.networks.storage.wire.Prices;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DealEnd;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.rules.Reservation;

/** Takes deals that are worth their storage, and ends them when their payer says so. */
final class DealIntake {
  private final ProviderConfig config;
  private final StorageParameters parameters;
  private final DeviceIdentity identity;
  private final ChainFeed chain;
  private final PieceStore store;
  private final DealBook book;
  private final Reporter reporter;
  private final InstantSource clock;
  private final PriceDesk prices;
  private volatile Optional<SlotNumber> leaves = Optional.empty();

  DealIntake(
      ProviderConfig config,
      StorageParameters parameters,
      DeviceIdentity identity,
      ChainFeed chain,
      PieceStore store,
      DealBook book,
      Reporter reporter,
      PriceDesk prices,
      InstantSource clock) {
    this.config = config;
    this.parameters = parameters;
    this.identity = identity;
    this.chain = chain;
    this.store = store;
    this.book = book;
    this.reporter = reporter;
    this.prices = prices;
    this.clock = clock;
  }

  /**
   * Takes a deal and waits for the promise of its report. The same deal again waits again.
   *
   * @return the gateway's promise
   */
  Promise take(SignedDeal signed) throws IOException, ProviderException {
    Optional<DealBook.Entry> known = book.find(signed.deal().id());
    if (known.isEmpty()) {
      HeldDeal held = check(signed);
      synchronized (this) {
        checkCommitment(held.deal());
        book.take(signed, held);
      }
    }
    book.force();
    DealBook.Entry entry = book.find(signed.deal().id()).orElseThrow(ProviderError.BUSY::exception);
    Optional<Promise> promise = entry.promise();
    return promise.isPresent() ? promise.get() : report(entry);
  }

  /** Ends a deal early and waits for the promise of the report. */
  void end(Hash id, Bytes signature) throws IOException, ProviderException {
    DealBook.Entry entry = book.find(id).orElseThrow(ProviderError.NO_DEAL::exception);
    DealEnd end = new DealEnd(identity.deployment(), id);
    if (!AccountSignatures.isSignedBy(
        entry.held().deal().payer(), chain.domain().digest(end.structHash()), signature)) {
      throw ProviderError.UNSIGNED.exception();
    }
    if (entry.ended().isPresent()) {
      return;
    }
    book.ending(id, signature);
    book.force();
    try {
      await(reporter.end(id, signature));
    } catch (OutboxFull e) {
      throw ProviderError.BUSY.exception();
    }
  }

  private Promise report(DealBook.Entry entry) throws IOException, ProviderException {
    try {
      return await(reporter.open(entry));
    } catch (OutboxFull e) {
      throw ProviderError.BUSY.exception();
    }
  }

  private Promise await(CompletableFuture<Promise> promise) throws ProviderException {
    Duration wait = config.waits().promise();
    try {
      return promise.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw ProviderError.UNPROMISED.exception();
    } catch (ExecutionException e) {
      throw ProviderError.REFUSED.exception(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProviderError.BUSY.exception();
    }
  }

  private HeldDeal check(SignedDeal signed) throws IOException, ProviderException {
    Deal deal = signed.deal();
    checkParties(deal);
    HeldDeal held;
    try {
      held = HeldDeal.of(deal);
    } catch (Malformed e) {
      throw ProviderError.BAD_DEAL.exception("Its terms name no piece: " + e.getMessage());
    }
    checkTime(deal);
    if (isLeaving()) {
      throw ProviderError.LEAVING.exception();
    }
    Credits least = Prices.of(held.piece().rawSize(), prices.ratePerGiBSlot(now()));
    if (deal.rate().compareTo(least) < 0) {
      throw ProviderError.BAD_DEAL.exception("Its rate is below " + least + " a slot.");
    }
    long slots = deal.endSlot().value() - deal.startSlot().value();
    if (deal.cap().compareTo(Prices.times(deal.rate(), slots)) < 0) {
      throw ProviderError.BAD_DEAL.exception("Its cap does not cover its slots.");
    }
    if (!signed.isGenuine(chain.domain())) {
      throw ProviderError.UNSIGNED.exception();
    }
    if (!store.holds(held.piece())) {
      throw ProviderError.NOT_HELD.exception();
    }
    if (book.size() >= parameters.maxDealsPerDevice()) {
      throw ProviderError.FULL.exception("It has as many deals as the network allows.");
    }
    return held;
  }

  private SlotNumber now() {
    return chain.schedule().slotAt(clock.instant().getEpochSecond());
  }

  /** Sets from which slot on the provider may be gone; from now on it takes nothing new. */
  void leaveBy(Optional<SlotNumber> slot) {
    leaves = slot;
  }

  Optional<SlotNumber> leaves() {
    return leaves;
  }

  boolean isLeaving() {
    return leaves.isPresent();
  }

  private void checkParties(Deal deal) throws IOException, ProviderException {
    if (!deal.deployment().equals(identity.deployment())
        || !deal.network().equals(identity.network())
        || !deal.device().equals(identity.device())) {
      throw ProviderError.BAD_DEAL.exception("It names another deployment, network or device.");
    }
    if (!deal.seller().equals(owner())) {
      throw ProviderError.BAD_DEAL.exception("It pays another account than the device's owner.");
    }
  }

  private void checkTime(Deal deal) throws ProviderException {
    SlotNumber now = now();
    SlotNumber counts = chain.schedule().firstSlot(chain.schedule().epochOf(now).next());
    if (deal.endSlot().compareTo(counts) <= 0
        || deal.endSlot().compareTo(now.plus(config.offer().maxDealSlots())) > 0) {
      throw ProviderError.BAD_DEAL.exception(
          "It must end after slot "
              + counts
              + " and before slot "
              + now.plus(config.offer().maxDealSlots())
              + ".");
    }
  }

  private void checkCommitment(Deal deal) throws IOException, ProviderException {
    Reservation reservation =
        reservation(deal.reservation(), deal.payer())
            .orElseThrow(ProviderError.NO_RESERVATION::exception);
    EpochSchedule schedule = chain.schedule();
    EpochNumber last = schedule.epochOf(new SlotNumber(deal.endSlot().value() - 1));
    if (reservation.lastEpoch().compareTo(last) < 0) {
      throw ProviderError.ABOVE_RESERVATION.exception(
          "It ends with epoch " + reservation.lastEpoch() + ", the deal with " + last + ".");
    }
    Credits all = book.committed(deal.reservation()).plus(deal.cap());
    if (all.compareTo(reservation.credits()) > 0) {
      throw ProviderError.ABOVE_RESERVATION.exception(
          "It holds " + reservation.credits() + ", the deals ask for " + all + ".");
    }
  }

  /** A reservation of a payer for this device's owner. */
  Optional<Reservation> reservation(ReservationId id, AccountId payer) throws IOException {
    AccountId owner = owner();
    return chain
        .reservation(id)
        .filter(there ->
            there.payer().equals(payer)
                && there.seller().equals(owner)
                && there.network().equals(identity.network()));
  }

  /** Whether an account has reserved anything for this device's owner. */
  boolean isCustomer(AccountId payer) throws IOException {
    AccountId owner = owner();
    return chain.reservationsOf(payer).stream()
        .anyMatch(
            there -> there.seller().equals(owner) && there.network().equals(identity.network()));
  }

  /** The account that the registry shows now. */
  AccountId owner() throws IOException {
    return chain
        .device(identity.device())
        .map(ListedDevice::device)
        .orElseThrow(() -> new IOException("device " + identity.device() + " is not registered"))
        .owner();
  }
}
