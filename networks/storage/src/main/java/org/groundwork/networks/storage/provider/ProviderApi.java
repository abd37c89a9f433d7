package org.groundwork.networks.storage.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.Payee;
import org.groundwork.networks.storage.disk.FileStretch;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PriceTag;
import org.groundwork.networks.storage.wire.ProviderHttp;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SlotNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The provider's HTTP interface. Each request's errors end here. */
final class ProviderApi {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderApi.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_DEAL_BYTES = 4096;

  private static final int BUFFER = 128 * 1024;
  private static final HeaderName OWED = HeaderNames.create(ProviderHttp.OWED);

  private final ProviderConfig config;
  private final ChainFeed chain;
  private final PieceStore store;
  private final DealIntake deals;
  private final EgressDesk egress;
  private final InstantSource clock;
  private final Supplier<ObjectNode> status;
  private final PriceDesk prices;
  private final TokenBucket incoming;
  private final TokenBucket outgoing;
  private final Semaphore uploads;

  ProviderApi(
      ProviderConfig config,
      ChainFeed chain,
      PieceStore store,
      DealIntake deals,
      EgressDesk egress,
      PriceDesk prices,
      TokenBucket incoming,
      TokenBucket outgoing,
      InstantSource clock,
      Supplier<ObjectNode> status) {
    this.config = config;
    this.chain = chain;
    this.store = store;
    this.deals = deals;
    this.egress = egress;
    this.prices = prices;
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.clock = clock;
    this.status = status;
    this.uploads = new Semaphore(config.room().maxUploads());
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
        .get(ProviderHttp.PRICE, guarded(this::price))
        .get(ProviderHttp.METRICS, guarded(this::metrics))
        .get(ProviderHttp.STATUS, guarded((_, response) -> Answers.send(response, status.get())));
  }

  private Handler guarded(Action action) {
    return (request, response) -> {
      try {
        action.run(request, response);
      } catch (ProviderException e) {
        Answers.fail(request, response, e);
      } catch (IOException e) {
        LOG.warn("{} failed: {}", request.prologue().uriPath().rawPath(), e.toString());
        Answers.fail(request, response, ProviderError.CHAIN.exception());
      } catch (RuntimeException e) {
        if (e instanceof CloseConnectionException) {
          throw e;
        }
        LOG.error("{} failed", request.prologue().uriPath().rawPath(), e);
        Answers.fail(request, response, ProviderError.INTERNAL.exception());
      }
    };
  }

  private void upload(ServerRequest request, ServerResponse response)
      throws IOException, ProviderException {
    PieceCommitment piece = Requests.piece(request);
    AccountId payer = Requests.authenticate(request, ProviderHttp.contentOf(piece), chain, clock);
    OptionalLong length = request.headers().contentLength();
    if (length.isEmpty() || length.getAsLong() != piece.rawSize() || piece.rawSize() < 1) {
      throw ProviderError.LENGTH.exception();
    }
    if (piece.rawSize() > config.room().maxPieceBytes()) {
      throw ProviderError.TOO_LARGE.exception();
    }
    if (!deals.isCustomer(payer)) {
      throw ProviderError.NO_RESERVATION.exception();
    }
    if (deals.isLeaving()) {
      throw ProviderError.LEAVING.exception();
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
    Upload upload = new Upload(request, incoming);
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
    Answers.send(response, JSON.createObjectNode().put("piece", piece.pieceCidV2()));
  }

  private void probe(ServerRequest request, ServerResponse response) throws ProviderException {
    PieceCommitment piece = held(request);
    response.header(HeaderNames.CONTENT_LENGTH, Long.toString(piece.rawSize()));
    response.send();
  }

  private void download(ServerRequest request, ServerResponse response)
      throws IOException, ProviderException {
    PieceCommitment piece = held(request);
    AccountId reader = Requests.authenticate(request, ProviderHttp.contentOf(piece), chain, clock);
    long offset = Requests.number(request, "offset").orElse(0L);
    long length = Requests.number(request, "length").orElse(Math.max(0, piece.rawSize() - offset));
    if (length < 1 || offset > piece.rawSize() - length) {
      throw ProviderError.BAD_RANGE.exception();
    }
    try (OpenPiece open = store.open(piece)) {
      pay(request, response, reader, length);
      response.header(HeaderNames.CONTENT_LENGTH, Long.toString(length));
      response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
      copy(open, offset, length, response, outgoing);
    } catch (NoSuchFileException e) {
      store.markDamaged(piece, "its file is gone");
      throw ProviderError.DAMAGED.exception();
    }
  }

  /** The request is signed by the voucher's payer, or by who signed the voucher for him. */
  private void pay(ServerRequest request, ServerResponse response, AccountId reader, long length)
      throws IOException, ProviderException {
    SignedVoucher voucher = Requests.voucher(request);
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

  private static void copy(
      OpenPiece open, long offset, long length, ServerResponse response, TokenBucket bucket) {
    int most = bucket.isLimited() ? TokenBucket.PART : BUFFER;
    byte[] buffer = new byte[(int) Math.min(most, length)];
    try (FileStretch data = open.stretch(offset, length);
        OutputStream out = response.outputStream()) {
      for (long at = 0; at < length; at += buffer.length) {
        int part = (int) Math.min(buffer.length, length - at);
        data.read(buffer, 0, part);
        bucket.take(part);
        out.write(buffer, 0, part);
      }
    } catch (IOException e) {
      // The head promised more bytes than will come: only the end of the connection tells.
      throw new CloseConnectionException("the piece was cut off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("the provider stops", e);
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
    Answers.send(
        response,
        JSON.createObjectNode()
            .put("deal", signed.deal().id().toHex())
            .put("slot", promise.slot().value())
            .put("promise", promise.encode().toHex()));
  }

  private void end(ServerRequest request, ServerResponse response)
      throws IOException, ProviderException {
    Bytes id = Requests.hex(request.path().pathParameters().get("id"));
    if (id.size() != Hash.SIZE) {
      throw ProviderError.MALFORMED.exception("A deal's id has 32 bytes.");
    }
    deals.end(new Hash(id), Requests.hex(Requests.header(request, ProviderHttp.SIGNATURE)));
    Answers.send(response, JSON.createObjectNode().put("deal", id.toHex()));
  }

  private void terms(ServerRequest request, ServerResponse response) throws IOException {
    ObjectNode terms =
        JSON.createObjectNode()
            .put("owner", deals.owner().toHex())
            .put("ratePerGiBSlot", prices.ratePerGiBSlot(now()).toString())
            .put("egressPerGiB", prices.egressPerGiB(now()).toString())
            .put("freeBytes", deals.isLeaving() ? 0 : store.freeBytes())
            .put("maxPieceBytes", config.room().maxPieceBytes())
            .put("maxDealSlots", config.offer().maxDealSlots());
    Answers.send(response, terms);
  }

  private void price(ServerRequest request, ServerResponse response) throws ProviderException {
    PriceTag.Signed signed = prices.current().orElseThrow(ProviderError.BUSY::exception);
    sendBytes(response, signed.encode());
  }

  private static void sendBytes(ServerResponse response, Bytes content) {
    response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
    response.send(content.toArray());
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4");
    response.send(Metrics.text(status.get()).getBytes(StandardCharsets.UTF_8));
  }

  private SlotNumber now() {
    return chain.schedule().slotAt(clock.instant().getEpochSecond());
  }

  private PieceCommitment held(ServerRequest request) throws ProviderException {
    PieceCommitment piece = Requests.piece(request);
    if (!store.holds(piece)) {
      throw ProviderError.NO_PIECE.exception();
    }
    if (store.isDamaged(piece)) {
      throw ProviderError.DAMAGED.exception();
    }
    return piece;
  }

  /** The body of an upload. A client that asks whether to send it is told so when it is opened. */
  private static final class Upload implements PieceStore.Source {
    private final ServerRequest request;
    private final TokenBucket bucket;
    private Optional<InputStream> opened = Optional.empty();

    Upload(ServerRequest request, TokenBucket bucket) {
      this.request = request;
      this.bucket = bucket;
    }

    @Override
    public InputStream open() {
      InputStream in = request.content().inputStream();
      opened = Optional.of(in);
      return bucket.isLimited() ? new LimitedInput(in, bucket) : in;
    }

    /** Reads what the client is still sending, for it sees no answer before. */
    void drain() {
      opened.ifPresent(Answers::drain);
    }
  }
}
