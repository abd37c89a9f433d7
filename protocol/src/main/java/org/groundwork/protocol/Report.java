package org.groundwork.protocol;

import org.groundwork.protocol.crypto.MessageSigner;

/** A signed body, as it travels and as it is stored. */
public record Report(Bytes body, Bytes signature) {
  public static final int SIGNATURE_SIZE = 64;

  /** The longest encoded report, in bytes. */
  public static final int MAX_SIZE = 4 + ReportBody.MAX_SIZE + SIGNATURE_SIZE;

  public Report {
    if (signature.size() != SIGNATURE_SIZE) {
      throw new IllegalArgumentException("a signature has 64 bytes, not " + signature.size());
    }
  }

  public static Report sign(ReportBody body, MessageSigner signer) {
    if (!body.keyHash().equals(signer.publicKey().hash())) {
      throw new IllegalArgumentException("the body names another key than the signer's");
    }
    if (!body.fits(signer.publicKey().type())) {
      throw new IllegalArgumentException(
          "a key of type " + signer.publicKey().type() + " does not sign as " + body.form());
    }
    Bytes encoded = body.encode();
    return new Report(encoded, signer.sign(ReportBody.signingMessage(encoded)));
  }

  /** Length of the body, body, signature: the canonical record of a segment. */
  public Bytes encode() {
    CanonicalWriter out = new CanonicalWriter(encodedSize());
    writeTo(out);
    return out.toBytes();
  }

  /** Bytes of {@link #encode}. */
  public int encodedSize() {
    return 4 + body.size() + SIGNATURE_SIZE;
  }

  /** Appends the encoding where more may follow. */
  public void writeTo(CanonicalWriter out) {
    out.bytes(body).raw(signature);
  }

  public static Report decode(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    Report report = read(in);
    in.end();
    return report;
  }

  /** Reads one report where more may follow. */
  public static Report read(CanonicalReader in) throws Malformed {
    Bytes body = in.bytes(ReportBody.MAX_SIZE);
    return new Report(body, in.raw(SIGNATURE_SIZE));
  }

  public ReportBody parse() throws Malformed {
    return ReportBody.decode(body);
  }
}
