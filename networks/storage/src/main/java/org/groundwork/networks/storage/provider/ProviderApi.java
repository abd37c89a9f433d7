package org.groundwork.networks.storage.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.http.media.ReadableEntity;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.Payee;
import org.groundwork.networks.storage.wire.MalformedPieceException;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.ProviderHttp;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The provider's HTTP interface. Each request's errors end here. */
final class ProviderApi {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderApi.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_DEAL_BYTES = 4096;
  private static final int MAX_HEX = 4096;

  /** What a client is still sending when an error is known: so much is read to its end. */
  private static final long MAX_DRAINED = 8L << 20;

  private static final int BUFFER = 128 * 1024;
  private static final HeaderName OWED = HeaderNames.create(ProviderHttp.OWED);

  private final ProviderConfig config;
  private final ChainFeed chain;
  private final PieceStore store;
  private final DealIntake deals;
  private final EgressDesk egress;
  private final InstantSource clock;
  private final Supplier<ObjectNode> status;
  private final Semaphore uploads;

  ProviderApi(
      ProviderConfig config,
      ChainFeed chain,
      PieceStore store,
      DealIntake deals,
      EgressDesk egress,
      InstantSource clock,
      Supplier<ObjectNode> status) {
    this.config = config;
    this.chain = chain;
    this.store = store;
    this.deals = deals;
    this.egress = egress;
    this.clock = clock;
    this.status = status;
    this.uploads = new Semaphore(config.maxUploads());
  }

  private interface Action {
    void run(ServerRequest request, ServerResponse response) throws IOException, ProviderException;
  }

  void route(HttpRouting.Builder routing) {
    routing
        .put(ProviderHttp.PIECES + "{cid}", guarded(this::upload))
        .head(ProviderHttp.PIECES + "{cid}", guarded(this::probe))
        .get(ProviderHttp.PIECES + "{cid}", guarded(this::download))
        .post(ProviderHttp.DEALS, guarded(this::deal))
        .delete(ProviderHttp.DEALS + "/{id}", guarded(this::end))
        .get(ProviderHttp.TERMS, guarded(this::terms))
        .get(ProviderHttp.STATUS, guarded((_, response) -> send(response, status.get())));
  }

  private Handler guarded(Action action) {
    return (request, response) -> {
      try {
        action.run(request, response);
      } catch (ProviderException e) {
        fail(request, response, e);
      } catch (IOException e) {
        LOG.warn("{} failed: {}", request.prologue().uriPath().rawPath(), e.toString());
        fail(request, response, ProviderError.CHAIN.exception());
      } catch (RuntimeException e) {
        if (e instanceof CloseConnectionException) {
          throw e;
        }
        LOG.error("{} failed", request.prologue().uriPath().rawPath(), e);
        fail(request, response, ProviderError.INTERNAL.exception());
      }
    };
  }

  private void upload(ServerRequest request, ServerResponse response)
      throws IOException, ProviderException {
    PieceCommitment piece = piece(request);
    AccountId payer = authenticate(request, ProviderHttp.contentOf(piece));
    OptionalLong length = request.headers().contentLength();
    if (length.isEmpty() || length.getAsLong() != piece.rawSize() || piece.rawSize() < 1) {
      throw ProviderError.LENGTH.exception();
    }
    if (piece.rawSize() > config.maxPieceBytes()) {
      throw ProviderError.TOO_LARGE.exception();
    }
    if (!deals.isCustomer(payer)) {
      throw ProviderError.NO_RESERVATION.exception();
    }
    if (!uploads.tryAcquire()) {
      throw ProviderError.BUSY.exception();
    }
    try {
      receive(request, response, piece);
    } finally {
      uploads.release();
    }
  }

  private void receive(ServerRequest request, ServerResponse response, PieceCommitment piece)
      throws ProviderException {
    boolean created;
    Upload upload = new Upload(request);
    try {
      created = store.receive(piece, upload);
    } catch (PieceStore.Full e) {
      LOG.warn("Piece {} is refused: {}", piece, e.getMessage());
      upload.drain();
      throw ProviderError.FULL.exception(String.valueOf(e.getMessage()));
    } catch (PieceStore.WrongContent e) {
      upload.drain();
      throw ProviderError.WRONG_CONTENT.exception(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.warn("Piece {} was not stored: {}", piece, e.toString());
      upload.drain();
      throw ProviderError.INTERNAL.exception();
    }
    response.status(created ? Status.CREATED_201 : Status.OK_200);
    send(response, JSON.createObjectNode().put("piece", piece.pieceCidV2()));
  }

  private void probe(ServerRequest request, ServerResponse response) throws ProviderException {
    PieceCommitment piece = held(request);
    response.header(HeaderNames.CONTENT_LENGTH, Long.toString(piece.rawSize()));
    response.send();
  }

  private void download(ServerRequest request, ServerResponse response)
      throws IOException, ProviderException {
    PieceCommitment piece = held(request);
    AccountId reader = authenticate(request, ProviderHttp.contentOf(piece));
    long offset = number(request, "offset").orElse(0L);
    long length = number(request, "length").orElse(Math.max(0, piece.rawSize() - offset));
    if (length < 1 || offset > piece.rawSize() - length) {
      throw ProviderError.BAD_RANGE.exception();
    }
    try (OpenPiece open = store.open(piece)) {
      pay(request, response, reader, length);
      response.header(HeaderNames.CONTENT_LENGTH, Long.toString(length));
      response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
      copy(open, offset, length, response);
    } catch (NoSuchFileException e) {
      store.markDamaged(piece, "its file is gone");
      throw ProviderError.DAMAGED.exception();
    }
  }

  /** The request is signed by the voucher's payer, or by who signed the voucher for him. */
  private void pay(ServerRequest request, ServerResponse response, AccountId reader, long length)
      throws IOException, ProviderException {
    SignedVoucher voucher = voucher(request);
    if (!voucher.voucher().payer().equals(reader)
        && voucher.signer(chain.domain()).filter(reader::equals).isEmpty()) {
      throw ProviderError.WORTHLESS.exception("Another account signed the request.");
    }
    try {
      egress.charge(voucher, length);
    } catch (Payee.Worthless e) {
      throw ProviderError.WORTHLESS.exception(e.code() + ": " + e.getMessage());
    } catch (EgressDesk.Unpaid e) {
      response.header(OWED, e.owed().toString());
      throw ProviderError.OWED.exception(String.valueOf(e.getMessage()));
    }
  }

  private static void copy(OpenPiece open, long offset, long length, ServerResponse response) {
    byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
    try (OutputStream out = response.outputStream()) {
      for (long at = 0; at < length; at += buffer.length) {
        int part = (int) Math.min(buffer.length, length - at);
        open.read(offset + at, ByteBuffer.wrap(buffer, 0, part));
        out.write(buffer, 0, part);
      }
    } catch (IOException e) {
      // The head promised more bytes than will come: only the end of the connection tells.
      throw new CloseConnectionException("the piece was cut off", e);
    }
  }

  private void deal(ServerRequest request, ServerResponse response)
      throws IOException, ProviderException {
    SignedDeal signed;
    try {
      byte[] body = request.content().inputStream().readNBytes(MAX_DEAL_BYTES + 1);
      CanonicalReader in = new CanonicalReader(Bytes.wrap(body));
      signed = SignedDeal.read(in);
      in.end();
    } catch (Malformed e) {
      throw ProviderError.MALFORMED.exception(String.valueOf(e.getMessage()));
    }
    Promise promise = deals.take(signed);
    response.status(Status.CREATED_201);
    send(
        response,
        JSON.createObjectNode()
            .put("deal", signed.deal().id().toHex())
            .put("slot", promise.slot().value())
            .put("promise", promise.encode().toHex()));
  }

  private void end(ServerRequest request, ServerResponse response)
      throws IOException, ProviderException {
    Bytes id = hex(request.path().pathParameters().get("id"));
    if (id.size() != Hash.SIZE) {
      throw ProviderError.MALFORMED.exception("A deal's id has 32 bytes.");
    }
    deals.end(new Hash(id), hex(header(request, ProviderHttp.SIGNATURE)));
    send(response, JSON.createObjectNode().put("deal", id.toHex()));
  }

  private void terms(ServerRequest request, ServerResponse response) throws IOException {
    ObjectNode terms =
        JSON.createObjectNode()
            .put("owner", deals.owner().toHex())
            .put("ratePerGiBSlot", config.ratePerGiBSlot().toString())
            .put("egressPerGiB", config.egressPerGiB().toString())
            .put("freeBytes", store.freeBytes())
            .put("maxPieceBytes", config.maxPieceBytes())
            .put("maxDealSlots", config.maxDealSlots());
    send(response, terms);
  }

  private PieceCommitment held(ServerRequest request) throws ProviderException {
    PieceCommitment piece = piece(request);
    if (!store.holds(piece)) {
      throw ProviderError.NO_PIECE.exception();
    }
    if (store.isDamaged(piece)) {
      throw ProviderError.DAMAGED.exception();
    }
    return piece;
  }

  private static PieceCommitment piece(ServerRequest request) throws ProviderException {
    try {
      return PieceCommitment.parse(request.path().pathParameters().get("cid"));
    } catch (MalformedPieceException e) {
      throw ProviderError.MALFORMED.exception(String.valueOf(e.getMessage()));
    }
  }

  private AccountId authenticate(ServerRequest request, Hash content) throws ProviderException {
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

  private static SignedVoucher voucher(ServerRequest request) throws ProviderException {
    try {
      CanonicalReader in = new CanonicalReader(hex(header(request, ProviderHttp.VOUCHER)));
      SignedVoucher voucher = SignedVoucher.read(in);
      in.end();
      return voucher;
    } catch (Malformed e) {
      throw ProviderError.WORTHLESS.exception(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Long> number(ServerRequest request, String name)
      throws ProviderException {
    if (!request.query().contains(name)) {
      return Optional.empty();
    }
    String value = request.query().get(name);
    if (!value.matches("[0-9]{1,18}")) {
      throw ProviderError.BAD_RANGE.exception();
    }
    return Optional.of(Long.parseLong(value));
  }

  private static String header(ServerRequest request, String name) throws ProviderException {
    return request
        .headers()
        .first(HeaderNames.create(name))
        .orElseThrow(() -> ProviderError.UNSIGNED.exception("The header " + name + " is missing."));
  }

  private static Bytes hex(String text) throws ProviderException {
    if (text.length() > MAX_HEX) {
      throw ProviderError.MALFORMED.exception();
    }
    try {
      return Bytes.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw ProviderError.MALFORMED.exception("Not hexadecimal.");
    }
  }

  private static void send(ServerResponse response, ObjectNode body) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void fail(ServerRequest request, ServerResponse response, ProviderException e) {
    if (response.isSent()) {
      throw new CloseConnectionException("the answer was under way", e);
    }
    boolean reusable = drain(request);
    response.status(Status.create(e.error().status()));
    if (!reusable) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    send(
        response,
        JSON.createObjectNode().put("code", e.error().code()).put("message", e.getMessage()));
    if (!reusable) {
      throw new CloseConnectionException("the request's body was not read");
    }
  }

  /** Whether the connection can be used again: nothing of the request is left on it. */
  private static boolean drain(ServerRequest request) {
    if (request.content().consumed() || !request.content().hasEntity()) {
      return true;
    }
    // A client that waits for leave to send gets the answer instead.
    return !request.headers().contains(HeaderValues.EXPECT_100) && drain(request.content());
  }

  private static boolean drain(ReadableEntity content) {
    try {
      return drain(content.inputStream());
    } catch (IllegalStateException e) {
      return false; // It was opened before and not read to its end.
    }
  }

  private static boolean drain(InputStream in) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (long left = MAX_DRAINED; left > 0; ) {
        int read = in.read(buffer);
        if (read < 0) {
          return true;
        }
        left -= read;
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("A request's body was cut off: {}", e.toString());
    }
    return false;
  }

  /** The body of an upload. A client that asks whether to send it is told so when it is opened. */
  private static final class Upload implements PieceStore.Source {
    private final ServerRequest request;
    private Optional<InputStream> opened = Optional.empty();

    Upload(ServerRequest request) {
      this.request = request;
    }

    @Override
    public InputStream open() {
      InputStream in = request.content().inputStream();
      opened = Optional.of(in);
      return in;
    }

    /** Reads what the client is still sending, for it sees no answer before. */
    void drain() {
      opened.ifPresent(ProviderApi::drain);
    }
  }
}
