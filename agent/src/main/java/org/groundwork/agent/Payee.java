package org.groundwork.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Voucher;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/**
 * A seller's side of vouchers: checks each against signature and reservation, keeps the highest of
 * each session on disk, and hands out those that have to be reported. Safe for use by many threads.
 *
 * <p>A session key of the payer's counts as the chain shows it for this epoch and the next one, in
 * which a late report would be judged. Its vouchers to this seller may reach its limit; what it
 * paid to other sellers is not known here, so a limit shared with them may run out before.
 */
public final class Payee implements AutoCloseable {
  private static final int MAX_SESSIONS = 100_000;

  // Kinds of records in the log.
  private static final int BY_PAYER = 0;
  private static final int REPORTED = 1;
  private static final int BY_SESSION_KEY = 2;

  /** Why a voucher is worth nothing to this seller. */
  public static final class Worthless extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;

    Worthless(String code, String message) {
      super(message);
      this.code = code;
    }

    /** A stable code, such as {@code voucher.above-reservation}. */
    public String code() {
      return code;
    }
  }

  private final SigningDomain domain;
  private final NetworkId network;
  private final AccountId seller;
  private final ChainFeed chain;
  private final InstantSource clock;
  private final DurableLog log;
  private final Map<Hash, Taken> highest = new TreeMap<>();
  private final Map<Hash, Credits> reported = new HashMap<>();

  /** What the vouchers of each session key pay, over all sessions. */
  private final Map<Spender, Credits> spent = new HashMap<>();

  /** A session's highest voucher, and who signed it. */
  private record Taken(SignedVoucher signed, AccountId signer) {
    Credits cumulative() {
      return signed.voucher().cumulative();
    }

    boolean isOfSessionKey() {
      return !signer.equals(signed.voucher().payer());
    }

    Spender spender() {
      return new Spender(signed.voucher().payer(), signer);
    }
  }

  private record Spender(AccountId account, AccountId key) {}

  public Payee(
      Path folder,
      SigningDomain domain,
      NetworkId network,
      AccountId seller,
      ChainFeed chain,
      InstantSource clock)
      throws IOException {
    this.domain = domain;
    this.network = network;
    this.seller = seller;
    this.chain = chain;
    this.clock = clock;
    DurableLog.Opened opened = DurableLog.open(folder.resolve("payee.log"));
    log = opened.log();
    for (Bytes record : opened.records()) {
      CanonicalReader in = new CanonicalReader(record);
      try {
        int kind = in.u8();
        SignedVoucher voucher = SignedVoucher.read(in);
        AccountId signer = kind == BY_SESSION_KEY ? in.account() : voucher.voucher().payer();
        in.end();
        if (kind == REPORTED) {
          reported.put(voucher.voucher().session(), voucher.voucher().cumulative());
        } else {
          hold(new Taken(voucher, signer));
        }
      } catch (Malformed e) {
        throw new IOException("The payee's log is damaged", e);
      }
    }
  }

  /**
   * Takes a voucher; it is durable when this returns.
   *
   * @return what the session has paid in all
   */
  public Credits accept(SignedVoucher signed) throws IOException, Worthless {
    Voucher voucher = signed.voucher();
    AccountId signer =
        signed
            .signer(domain)
            .orElseThrow(
                () -> new Worthless("voucher.wrong-signature", "Nobody signed this voucher here."));
    Taken taken = new Taken(signed, signer);
    if (!voucher.seller().equals(seller) || !voucher.network().equals(network)) {
      throw new Worthless("voucher.wrong-seller", "The voucher pays " + voucher.seller() + ".");
    }
    Optional<Reservation> reservation = chain.reservation(voucher.reservation());
    if (reservation.isEmpty()
        || !reservation.get().payer().equals(voucher.payer())
        || !reservation.get().seller().equals(seller)) {
      throw new Worthless("voucher.no-reservation", "No such reservation for this seller.");
    }
    if (voucher.cumulative().compareTo(reservation.get().credits()) > 0) {
      throw new Worthless(
          "voucher.above-reservation", "The voucher is above what its reservation holds.");
    }
    Optional<Credits> limit =
        taken.isOfSessionKey() ? Optional.of(limit(taken.spender())) : Optional.empty();
    synchronized (this) {
      Taken known = highest.get(voucher.session());
      if (known != null && !known.spender().equals(taken.spender())) {
        throw new Worthless(
            "voucher.other-signer", "The session's vouchers are signed by " + known.signer() + ".");
      }
      if (known != null && known.cumulative().compareTo(voucher.cumulative()) >= 0) {
        return known.cumulative();
      }
      if (known == null && highest.size() >= MAX_SESSIONS) {
        throw new Worthless("voucher.too-many-sessions", "Too many open sessions.");
      }
      if (limit.isPresent() && spentAfter(taken).compareTo(limit.get()) > 0) {
        throw new Worthless(
            "voucher.above-session-limit",
            "The session key " + signer + " may pay " + limit.get() + " credits in all.");
      }
      write(taken);
      hold(taken);
    }
    return voucher.cumulative();
  }

  /** What a session key may pay, if its vouchers count now and in the next epoch. */
  private Credits limit(Spender spender) throws IOException, Worthless {
    EpochNumber now = chain.schedule().epochAt(clock.instant().getEpochSecond());
    return limit(spender, now).min(limit(spender, now.next()));
  }

  private Credits limit(Spender spender, EpochNumber epoch) throws IOException, Worthless {
    return chain
        .sessionKey(network, spender.account(), spender.key(), epoch)
        .map(SessionKey::limit)
        .orElseThrow(() ->
            new Worthless(
                "voucher.wrong-signature",
                spender.key() + " may not sign for the payer in epoch " + epoch + "."));
  }

  private Credits spentAfter(Taken taken) {
    Taken before = highest.get(taken.signed().voucher().session());
    Credits others = spent.getOrDefault(taken.spender(), Credits.ZERO);
    return others
        .plus(taken.cumulative())
        .minus(before == null ? Credits.ZERO : before.cumulative());
  }

  private void hold(Taken taken) {
    if (taken.isOfSessionKey()) {
      spent.put(taken.spender(), spentAfter(taken));
    }
    highest.put(taken.signed().voucher().session(), taken);
  }

  /** What a session has paid. */
  public synchronized Credits paid(Hash session) {
    Taken known = highest.get(session);
    return known == null ? Credits.ZERO : known.cumulative();
  }

  /** The vouchers that are higher than what was reported of their session, by session. */
  public synchronized List<SignedVoucher> unreported() {
    List<SignedVoucher> out = new ArrayList<>();
    highest.forEach((session, taken) -> {
      if (taken.cumulative().compareTo(reported.getOrDefault(session, Credits.ZERO)) > 0) {
        out.add(taken.signed());
      }
    });
    return List.copyOf(out);
  }

  /** Notes that a voucher is in the outbox. */
  public synchronized void markReported(SignedVoucher voucher) throws IOException {
    append(record(REPORTED, voucher));
    reported.put(voucher.voucher().session(), voucher.voucher().cumulative());
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }

  private void write(Taken taken) throws IOException {
    append(
        taken.isOfSessionKey()
            ? record(BY_SESSION_KEY, taken.signed()).account(taken.signer())
            : record(BY_PAYER, taken.signed()));
  }

  private static CanonicalWriter record(int kind, SignedVoucher voucher) {
    CanonicalWriter out = new CanonicalWriter().u8(kind);
    voucher.write(out);
    return out;
  }

  private void append(CanonicalWriter record) throws IOException {
    log.append(record.toBytes());
    log.force();
  }
}
