package org.groundwork.agent;

import java.io.IOException;
import java.nio.file.Path;
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
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Voucher;
import org.groundwork.rules.Reservation;

/**
 * A seller's side of vouchers: checks each against signature and reservation, keeps the highest of
 * each session on disk, and hands out those that have to be reported. Safe for use by many threads.
 */
public final class Payee implements AutoCloseable {
  private static final int MAX_SESSIONS = 100_000;

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
  private final DurableLog log;
  private final Map<Hash, SignedVoucher> highest = new TreeMap<>();
  private final Map<Hash, Credits> reported = new HashMap<>();

  public Payee(
      Path folder, SigningDomain domain, NetworkId network, AccountId seller, ChainFeed chain)
      throws IOException {
    this.domain = domain;
    this.network = network;
    this.seller = seller;
    this.chain = chain;
    DurableLog.Opened opened = DurableLog.open(folder.resolve("payee.log"));
    log = opened.log();
    for (Bytes record : opened.records()) {
      CanonicalReader in = new CanonicalReader(record);
      try {
        int kind = in.u8();
        SignedVoucher voucher = SignedVoucher.read(in);
        in.end();
        if (kind == 0) {
          highest.put(voucher.voucher().session(), voucher);
        } else {
          reported.put(voucher.voucher().session(), voucher.voucher().cumulative());
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
    if (!signed.isGenuine(domain)) {
      throw new Worthless("voucher.wrong-signature", "The payer did not sign this voucher.");
    }
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
    synchronized (this) {
      SignedVoucher known = highest.get(voucher.session());
      if (known != null && known.voucher().cumulative().compareTo(voucher.cumulative()) >= 0) {
        return known.voucher().cumulative();
      }
      if (known == null && highest.size() >= MAX_SESSIONS) {
        throw new Worthless("voucher.too-many-sessions", "Too many open sessions.");
      }
      write(0, signed);
      highest.put(voucher.session(), signed);
    }
    return voucher.cumulative();
  }

  /** What a session has paid. */
  public synchronized Credits paid(Hash session) {
    SignedVoucher known = highest.get(session);
    return known == null ? Credits.ZERO : known.voucher().cumulative();
  }

  /** The vouchers that are higher than what was reported of their session, by session. */
  public synchronized List<SignedVoucher> unreported() {
    List<SignedVoucher> out = new ArrayList<>();
    for (SignedVoucher voucher : highest.values()) {
      Credits known = reported.getOrDefault(voucher.voucher().session(), Credits.ZERO);
      if (voucher.voucher().cumulative().compareTo(known) > 0) {
        out.add(voucher);
      }
    }
    return List.copyOf(out);
  }

  /** Notes that a voucher is in the outbox. */
  public synchronized void markReported(SignedVoucher voucher) throws IOException {
    write(1, voucher);
    reported.put(voucher.voucher().session(), voucher.voucher().cumulative());
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }

  private void write(int kind, SignedVoucher voucher) throws IOException {
    CanonicalWriter out = new CanonicalWriter().u8(kind);
    voucher.write(out);
    log.append(out.toBytes());
    log.force();
  }
}
