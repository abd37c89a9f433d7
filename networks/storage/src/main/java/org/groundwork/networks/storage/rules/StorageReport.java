package org.groundwork.networks.storage.rules;

import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.crypto.AccountSignatures;

/** What a storage device reports. The payload's first byte is the type. */
public sealed interface StorageReport {
  int DEAL = 1;
  int PROOF = 2;
  int VOUCHER = 3;
  int DEAL_END = 4;

  /** The device takes a deal. */
  record DealOpened(SignedDeal signed) implements StorageReport {
    @Override
    public Bytes encode() {
      CanonicalWriter out = new CanonicalWriter().u8(DEAL);
      signed.write(out);
      return out.toBytes();
    }
  }

  /** The device answers the challenges of a slot. */
  record Proof(SlotAnswer answer) implements StorageReport {
    @Override
    public Bytes encode() {
      CanonicalWriter out = new CanonicalWriter().u8(PROOF);
      answer.write(out);
      return out.toBytes();
    }
  }

  /** The device shows what a payer owes for reading. */
  record Egress(SignedVoucher signed) implements StorageReport {
    @Override
    public Bytes encode() {
      CanonicalWriter out = new CanonicalWriter().u8(VOUCHER);
      signed.write(out);
      return out.toBytes();
    }
  }

  /**
   * The payer ends a deal early.
   *
   * @param signature of the payer over {@link org.groundwork.protocol.DealEnd}
   */
  record DealEnded(Hash deal, Bytes signature) implements StorageReport {
    @Override
    public Bytes encode() {
      return new CanonicalWriter().u8(DEAL_END).hash(deal).bytes(signature).toBytes();
    }
  }

  Bytes encode();

  static boolean isKnownType(int type) {
    return type >= DEAL && type <= DEAL_END;
  }

  /**
   * Reads what {@link #encode} wrote, and nothing else.
   *
   * @throws Malformed if the bytes are no report of a known type
   */
  static StorageReport decode(Bytes payload) throws Malformed {
    CanonicalReader in = new CanonicalReader(payload);
    int type = in.u8();
    StorageReport report =
        switch (type) {
          case DEAL -> new DealOpened(SignedDeal.read(in));
          case PROOF -> new Proof(SlotAnswer.read(in));
          case VOUCHER -> new Egress(SignedVoucher.read(in));
          case DEAL_END -> new DealEnded(in.hash(), in.bytes(AccountSignatures.SIZE));
          default -> throw new Malformed("no storage report has type " + type);
        };
    in.end();
    return report;
  }
}
