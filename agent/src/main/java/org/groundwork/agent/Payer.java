package org.groundwork.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DealEnd;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/**
 * Signs for a customer, and never more than a reservation holds: what was signed for is on disk
 * before the signature leaves. Safe for use by many threads.
 *
 * <p>With a session key it signs vouchers, also never above the key's limit, and requests; deals
 * and their ends need the account's own key. Give a session key reservations of its own: what the
 * account's key signs away is not known here.
 */
public final class Payer implements AutoCloseable {
  private final SigningDomain domain;
  private final AccountId account;
  private final AccountKey key;
  private final Optional<Credits> limit;
  private final DurableLog log;
  private final SharedForce force;
  private final Map<ReservationId, Credits> committed = new HashMap<>();
  private final SecureRandom random;

  /** A payer with the account's own key. */
  public Payer(Path folder, SigningDomain domain, AccountKey key, SecureRandom random)
      throws IOException {
    this(folder.resolve("payer.log"), domain, key.account(), key, Optional.empty(), random);
  }

  /**
   * A payer with a session key.
   *
   * @throws IllegalArgumentException if the key is another one than was authorised
   */
  public static Payer ofSession(
      Path folder, SigningDomain domain, SessionKey authorised, AccountKey key, SecureRandom random)
      throws IOException {
    if (!authorised.key().equals(key.account())) {
      throw new IllegalArgumentException(key.account() + " was not authorised");
    }
    return new Payer(
        folder.resolve("payer-" + key.account().toHex() + ".log"),
        domain,
        authorised.account(),
        key,
        Optional.of(authorised.limit()),
        random);
  }

  private Payer(
      Path file,
      SigningDomain domain,
      AccountId account,
      AccountKey key,
      Optional<Credits> limit,
      SecureRandom random)
      throws IOException {
    this.domain = domain;
    this.account = account;
    this.key = key;
    this.limit = limit;
    this.random = random;
    DurableLog.Opened opened = DurableLog.open(file);
    log = opened.log();
    force = new SharedForce(log::force);
    for (Bytes record : opened.records()) {
      CanonicalReader in = new CanonicalReader(record);
      try {
        committed.put(new ReservationId(in.hash()), new Credits(in.u256()));
        in.end();
      } catch (Malformed e) {
        throw new IOException("The payer's log is damaged", e);
      }
    }
  }

  /** The reservation, or the session key's limit, does not hold what was asked for. */
  public static final class Exhausted extends Exception {
    private static final long serialVersionUID = 1L;

    Exhausted(Reservation reservation, Credits free, Credits wanted) {
      super(
          "Reservation "
              + reservation.id()
              + " has "
              + free
              + " credits left, "
              + wanted
              + " are needed; reserve more for "
              + reservation.seller());
    }
  }

  /** Who pays. */
  public AccountId account() {
    return account;
  }

  /** Who signs: the account, or its session key. */
  public AccountId signer() {
    return key.account();
  }

  /** What of a reservation has not been signed away and may be. */
  public synchronized Credits free(Reservation reservation) {
    Credits used = committed.getOrDefault(reservation.id(), Credits.ZERO);
    Credits free = rest(reservation.credits(), used);
    return limit.map(most -> free.min(rest(most, usedInAll()))).orElse(free);
  }

  private Credits usedInAll() {
    return committed.values().stream().reduce(Credits.ZERO, Credits::plus);
  }

  private static Credits rest(Credits most, Credits used) {
    return used.compareTo(most) >= 0 ? Credits.ZERO : most.minus(used);
  }

  /** Signs a deal and sets its cap aside. */
  public SignedDeal sign(Deal deal, Reservation reservation) throws IOException, Exhausted {
    requireOwnKey();
    if (!deal.reservation().equals(reservation.id()) || !deal.payer().equals(account)) {
      throw new IllegalArgumentException("the deal names another reservation or payer");
    }
    commit(reservation, deal.cap());
    return new SignedDeal(deal, key.sign(domain.digest(deal.id())));
  }

  public Bytes sign(DealEnd end) {
    requireOwnKey();
    return key.sign(domain.digest(end.structHash()));
  }

  /** Signs where the account's newest metadata in a network is. */
  public Bytes signMetadataRoot(NetworkId network, long number, Hash content) {
    requireOwnKey();
    return key.sign(
        domain.digest(Statements.metadataRoot(domain.deployment(), network, number, content)));
  }

  /** Sets credits aside that were signed away before, by a payer whose log is gone. */
  public void setAside(ReservationId reservation, Credits credits) throws IOException {
    synchronized (this) {
      append(reservation, committed.getOrDefault(reservation, Credits.ZERO).plus(credits));
    }
    force.force();
  }

  private void requireOwnKey() {
    if (!key.account().equals(account)) {
      throw new IllegalStateException("a session key signs vouchers and requests alone");
    }
  }

  /** Signs one HTTP request to a provider. */
  public Bytes signRequest(String method, String target, Hash content, long unixSeconds) {
    return key.sign(
        domain.digest(
            Statements.request(domain.deployment(), method, target, content, unixSeconds)));
  }

  /** Gives back what a deal that ended early will not charge. */
  public void giveBack(Reservation reservation, Credits credits) throws IOException {
    synchronized (this) {
      Credits used = committed.getOrDefault(reservation.id(), Credits.ZERO);
      append(reservation.id(), used.minus(used.min(credits)));
    }
    force.force();
  }

  /** Opens a session of vouchers against a reservation. */
  public Session open(Reservation reservation) {
    byte[] id = new byte[Hash.SIZE];
    random.nextBytes(id);
    return new Session(reservation, Hash.wrap(id));
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }

  /** One session with one seller: vouchers that only grow. */
  public final class Session {
    private final Reservation reservation;
    private final Hash id;
    private Credits cumulative = Credits.ZERO;

    private Session(Reservation reservation, Hash id) {
      this.reservation = reservation;
      this.id = id;
    }

    /** Pays {@code more} on top of what the session has paid. */
    public synchronized SignedVoucher pay(Credits more) throws IOException, Exhausted {
      commit(reservation, more);
      cumulative = cumulative.plus(more);
      Voucher voucher =
          new Voucher(
              domain.deployment(),
              reservation.network(),
              account,
              reservation.seller(),
              reservation.id(),
              id,
              cumulative);
      return new SignedVoucher(voucher, key.sign(domain.digest(voucher.structHash())));
    }

    public Hash id() {
      return id;
    }

    public synchronized Credits paid() {
      return cumulative;
    }
  }

  /** Sets aside, durably; if the disk fails, what was asked for stays set aside. */
  private void commit(Reservation reservation, Credits credits) throws IOException, Exhausted {
    synchronized (this) {
      Credits free = free(reservation);
      if (credits.compareTo(free) > 0) {
        throw new Exhausted(reservation, free, credits);
      }
      append(
          reservation.id(), committed.getOrDefault(reservation.id(), Credits.ZERO).plus(credits));
    }
    force.force();
  }

  /** Not yet durable. Called by one thread at a time. */
  private void append(ReservationId id, Credits used) throws IOException {
    log.append(new CanonicalWriter().hash(id.hash()).u256(used.value()).toBytes());
    committed.put(id, used);
  }
}
