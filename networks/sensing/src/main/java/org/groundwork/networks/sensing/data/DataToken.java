package org.groundwork.networks.sensing.data;

import java.util.Base64;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.AccountSignatures;

/**
 * What a customer shows at a server: the payer's signature (EIP-712) over the deal, the server and
 * the time until which it is good. As text it is base64url without padding.
 *
 * @param server the device that sells; a token for one server is worth nothing at another
 * @param expires Unix second
 */
public record DataToken(Hash deal, DeviceId server, long expires, Bytes signature) {
  /** The longest time for which a token is good. */
  public static final long MAX_SECONDS = 86_400;

  /** The longest text. */
  static final int MAX_TEXT = 200;

  private static final int VERSION = 1;

  public static DataToken sign(
      SigningDomain domain, Hash deal, DeviceId server, long expires, AccountKey payer) {
    Hash struct = Statements.dataAccess(domain.deployment(), deal, server, expires);
    return new DataToken(deal, server, expires, payer.sign(domain.digest(struct)));
  }

  boolean isBy(AccountId payer, SigningDomain domain) {
    Hash struct = Statements.dataAccess(domain.deployment(), deal, server, expires);
    return AccountSignatures.isSignedBy(payer, domain.digest(struct), signature);
  }

  public String text() {
    Bytes encoded =
        new CanonicalWriter()
            .u8(VERSION)
            .hash(deal)
            .u64(server.value())
            .u64(expires)
            .raw(signature)
            .toBytes();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(encoded.toArray());
  }

  /**
   * Reads the text of a token; whose it is says only its signature.
   *
   * @throws Malformed if it is none
   */
  public static DataToken decode(String text) throws Malformed {
    if (text.length() > MAX_TEXT) {
      throw new Malformed("a token of " + text.length() + " characters");
    }
    try {
      CanonicalReader in = new CanonicalReader(Bytes.wrap(Base64.getUrlDecoder().decode(text)));
      if (in.u8() != VERSION) {
        throw new Malformed("a token of an unknown version");
      }
      DataToken token =
          new DataToken(
              in.hash(), new DeviceId(in.count()), in.count(), in.raw(AccountSignatures.SIZE));
      in.end();
      if (!token.text().equals(text)) {
        throw new Malformed("a token with padding or stray bits");
      }
      return token;
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a token: " + e.getMessage());
    }
  }
}
