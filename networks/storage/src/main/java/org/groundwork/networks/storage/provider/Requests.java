package org.groundwork.networks.storage.provider;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.InstantSource;
import java.util.Optional;
import org.groundwork.agent.ChainFeed;
import org.groundwork.networks.storage.wire.MalformedPieceException;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.ProviderHttp;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.crypto.AccountSignatures;

/** Reads what requests say, and who signed them. */
final class Requests {
  private static final int MAX_HEX = 4096;

  private Requests() {}

  static PieceCommitment piece(ServerRequest request) throws ProviderException {
    try {
      return PieceCommitment.parse(request.path().pathParameters().get("cid"));
    } catch (MalformedPieceException e) {
      throw ProviderError.MALFORMED.exception(String.valueOf(e.getMessage()));
    }
  }

  /** The account that signed a request about this content, just now. */
  static AccountId authenticate(
      ServerRequest request, Hash content, ChainFeed chain, InstantSource clock)
      throws ProviderException {
    Bytes account = hex(header(request, ProviderHttp.ACCOUNT));
    String time = header(request, ProviderHttp.TIME);
    Bytes signature = hex(header(request, ProviderHttp.SIGNATURE));
    if (account.size() != AccountId.SIZE || !time.matches("[0-9]{1,12}")) {
      throw ProviderError.UNSIGNED.exception();
    }
    long seconds = Long.parseLong(time);
    SigningDomain domain = chain.domain();
    Hash digest =
        domain.digest(
            Statements.request(
                domain.deployment(),
                request.prologue().method().text(),
                target(request),
                content,
                seconds));
    AccountId payer = new AccountId(account);
    if (Math.abs(clock.instant().getEpochSecond() - seconds) > ProviderHttp.MAX_SKEW
        || !AccountSignatures.isSignedBy(payer, digest, signature)) {
      throw ProviderError.UNSIGNED.exception();
    }
    return payer;
  }

  private static String target(ServerRequest request) {
    String query = request.prologue().query().rawValue();
    String path = request.prologue().uriPath().rawPath();
    return query.isEmpty() ? path : path + "?" + query;
  }

  static SignedVoucher voucher(ServerRequest request) throws ProviderException {
    try {
      CanonicalReader in = new CanonicalReader(hex(header(request, ProviderHttp.VOUCHER)));
      SignedVoucher voucher = SignedVoucher.read(in);
      in.end();
      return voucher;
    } catch (Malformed e) {
      throw ProviderError.WORTHLESS.exception(String.valueOf(e.getMessage()));
    }
  }

  static Optional<Long> number(ServerRequest request, String name) throws ProviderException {
    if (!request.query().contains(name)) {
      return Optional.empty();
    }
    String value = request.query().get(name);
    if (!value.matches("[0-9]{1,18}")) {
      throw ProviderError.BAD_RANGE.exception();
    }
    return Optional.of(Long.parseLong(value));
  }

  static String header(ServerRequest request, String name) throws ProviderException {
    return request
        .headers()
        .first(HeaderNames.create(name))
        .orElseThrow(() -> ProviderError.UNSIGNED.exception("The header " + name + " is missing."));
  }

  static Bytes hex(String text) throws ProviderException {
    if (text.length() > MAX_HEX) {
      throw ProviderError.MALFORMED.exception();
    }
    try {
      return Bytes.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw ProviderError.MALFORMED.exception("Not hexadecimal.");
    }
  }
}
