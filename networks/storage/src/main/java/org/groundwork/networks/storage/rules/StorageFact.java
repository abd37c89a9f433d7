package org.groundwork.networks.storage.rules;

import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.GroupKey;

/** What phase 1 tells phase 2: proven slots of a deal, or a genuine voucher of a session. */
sealed interface StorageFact {
  int DEAL = 1;
  int VOUCHER = 2;

  /** Slots of a deal that were proven in this epoch. */
  record ProvenSlots(Deal deal, long slots) implements StorageFact {
    @Override
    public GroupKey group() {
      return new GroupKey(new CanonicalWriter().u8(DEAL).hash(deal.id()).toBytes());
    }

    @Override
    public Bytes encode() {
      CanonicalWriter out = new CanonicalWriter().u8(DEAL);
      deal.write(out);
      return out.u64(slots).toBytes();
    }
  }

  /**
   * A voucher whose signature and reservation are good.
   *
   * @param signer the payer, or a session key of the payer's
   */
  record Owed(Voucher voucher, AccountId signer) implements StorageFact {
    private static final byte[] TAG = "groundwork/session/1\n".getBytes(StandardCharsets.US_ASCII);

    /** A session is one payer's with one seller. */
    @Override
    public GroupKey group() {
      Bytes parties =
          new CanonicalWriter()
              .account(voucher.payer())
              .account(voucher.seller())
              .hash(voucher.session())
              .toBytes();
      return new GroupKey(
          new CanonicalWriter()
              .u8(VOUCHER)
              .hash(Sha256.hash(TAG, parties.unsafeArray()))
              .toBytes());
    }

    @Override
    public Bytes encode() {
      CanonicalWriter out = new CanonicalWriter().u8(VOUCHER);
      voucher.write(out);
      return out.account(signer).toBytes();
    }
  }

  GroupKey group();

  Bytes encode();

  static StorageFact decode(Bytes fact) throws Malformed {
    CanonicalReader in = new CanonicalReader(fact);
    int kind = in.u8();
    StorageFact read =
        switch (kind) {
          case DEAL -> new ProvenSlots(Deal.read(in), in.count());
          case VOUCHER -> new Owed(Voucher.read(in), in.account());
          default -> throw new Malformed("no fact is of kind " + kind);
        };
    in.end();
    return read;
  }
}
