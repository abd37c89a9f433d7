package org.groundwork.networks.sensing.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.ListedDevice;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server answers. Each request's errors end here. */
final class DataApi {
  private static final Logger LOG = LoggerFactory.getLogger(DataApi.class);
  private static final String JSON = "application/json";

  /** More than the largest scope deal, in bytes. */
  private static final int MAX_SCOPE = 16 << 10;

  /** What a customer is still sending when an error is known: so much is read to its end. */
  private static final long MAX_DRAINED = 1 << 20;

  /** Epochs back in which the newest reading of a device is looked for. */
  private static final long LATEST_EPOCHS = 25;

  private static final long MAX_SECOND = 0xFFFF_FFFFL;

  private final SensingDefinition definition;
  private final DeviceIdentity identity;
  private final ChainFeed chain;
  private final Purchases purchases;
  private final Access access;
  private final ReadingStore store;
  private final InstantSource clock;

  /** Queries take memory and disk: so many at once. */
  private final Semaphore querying = new Semaphore(4);

  DataApi(
      SensingDefinition definition,
      DeviceIdentity identity,
      ChainFeed chain,
      Purchases purchases,
      Access access,
      ReadingStore store,
      InstantSource clock) {
    this.definition = definition;
    this.identity = identity;
    this.chain = chain;
    this.purchases = purchases;
    this.access = access;
    this.store = store;
    this.clock = clock;
  }

  private interface Action {
    void run(ServerRequest request, ServerResponse response) throws IOException, DataException;
  }

  void route(HttpRouting.Builder routing) {
    routing
        .get("/v1/offer", guarded(this::offer))
        .get("/v1/cells", guarded(this::cells))
        .get("/v1/devices", guarded(this::devices))
        .post("/v1/scopes", guarded(this::buy))
        .post("/v1/products", guarded(this::buyProduct))
        .get("/v1/access", guarded(this::access))
        .get("/v1/latest", guarded(this::latest))
        .get("/v1/history", guarded(this::history))
        .get(StreamUpgrader.PATH, guarded(this::noStream))
        .any(
            guarded((_, _) -> {
              throw DataError.NOT_FOUND.exception();
            }));
  }

  private static Handler guarded(Action action) {
    return (request, response) -> {
      try {
        action.run(request, response);
      } catch (DataException e) {
        fail(request, response, e);
      } catch (IOException e) {
        LOG.warn("{} failed: {}", request.prologue().uriPath().rawPath(), e.toString());
        fail(request, response, DataError.INTERNAL.exception());
      } catch (RuntimeException e) {
        if (e instanceof CloseConnectionException) {
          throw e;
        }
        LOG.error("{} failed", request.prologue().uriPath().rawPath(), e);
        fail(request, response, DataError.INTERNAL.exception());
      }
    };
  }

  private static void fail(ServerRequest request, ServerResponse response, DataException e) {
    if (response.isSent()) {
      return;
    }
    drain(request);
    send(
        response,
        e.error().status(),
        ReadingJson.MAPPER
            .createObjectNode()
            .put("code", e.error().code())
            .put("message", String.valueOf(e.getMessage())));
  }

  private static void drain(ServerRequest request) {
    try (InputStream in = request.content().inputStream()) {
      in.skip(MAX_DRAINED);
    } catch (IOException | RuntimeException e) {
      LOG.debug("The rest of a request: {}", e.toString());
    }
  }

  private static void send(ServerResponse response, int status, ObjectNode json) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, JSON).send(json.toString());
  }

  /** What is sold here, for whom it is nothing yet. */
  private void offer(ServerRequest request, ServerResponse response) {
    ObjectNode json =
        ReadingJson.MAPPER
            .createObjectNode()
            .put("name", definition.name())
            .put("deployment", identity.deployment().toString())
            .put("network", identity.network().value())
            .put("server", identity.device().value())
            .put("price_per_cell_epoch", definition.pricePerCellEpoch().toString())
            .put("cell_resolution", definition.cellResolution())
            .put("cadence_seconds", definition.cadenceSeconds())
            .put("epoch", now().value());
    ObjectNode prices = json.putObject("prices");
    definition.prices().forEach((product, price) -> prices.put(product.word(), price.toString()));
    ArrayNode fields = json.putArray("fields");
    for (Field field : definition.fields()) {
      fields
          .addObject()
          .put("name", ReadingStore.shownName(field))
          .put("unit", field.unit())
          .put("decimals", field.decimals());
    }
    send(response, 200, json);
  }

  /** How many devices are registered in the cells that a request names. */
  private void cells(ServerRequest request, ServerResponse response)
      throws IOException, DataException {
    List<Long> wanted = Access.parse(parameter(request, "cell").orElse(""));
    Map<Long, Integer> devices = new TreeMap<>();
    wanted.forEach(cell -> devices.put(cell, 0));
    registered().forEach(device -> devices.computeIfPresent(device.cell(), (_, n) -> n + 1));
    ObjectNode json = ReadingJson.MAPPER.createObjectNode();
    devices.forEach((cell, count) -> json.put(Long.toHexString(cell), count));
    send(response, 200, json);
  }

  /** The devices in the cells that a request names, and who signs for each. */
  private void devices(ServerRequest request, ServerResponse response)
      throws IOException, DataException {
    List<Long> wanted = Access.parse(parameter(request, "cell").orElse(""));
    ObjectNode json = ReadingJson.MAPPER.createObjectNode();
    ArrayNode devices = json.putArray("devices");
    for (Device device : registered()) {
      if (wanted.contains(device.cell())) {
        devices
            .addObject()
            .put("device", device.id().value())
            .put("cell", Long.toHexString(device.cell()))
            .put("custody", device.isBridged() ? "bridge" : "own-key");
      }
    }
    send(response, 200, json);
  }

  private List<Device> registered() throws IOException, DataException {
    if (!querying.tryAcquire()) {
      throw DataError.BUSY.exception();
    }
    try {
      return chain.devices(identity.network()).stream().map(ListedDevice::device).toList();
    } finally {
      querying.release();
    }
  }

  private void buy(ServerRequest request, ServerResponse response)
      throws IOException, DataException {
    try {
      send(response, 200, receipt(purchases.take(Purchases.decode(body(request)))));
    } catch (Malformed e) {
      throw DataError.MALFORMED.exception(e.getMessage() + ".");
    }
  }

  private void buyProduct(ServerRequest request, ServerResponse response)
      throws IOException, DataException {
    try {
      send(response, 200, receipt(purchases.take(Purchases.decodeProduct(body(request)))));
    } catch (Malformed e) {
      throw DataError.MALFORMED.exception(e.getMessage() + ".");
    }
  }

  private static Bytes body(ServerRequest request) throws DataException {
    if (request.headers().contentLength().orElse(MAX_SCOPE + 1L) > MAX_SCOPE) {
      throw DataError.TOO_LARGE.exception("At most " + MAX_SCOPE + " bytes, of a known length.");
    }
    return Bytes.of(request.content().as(byte[].class));
  }

  private ObjectNode receipt(Purchase purchase) {
    return ReadingJson.MAPPER
        .createObjectNode()
        .put("deal", purchase.deal().id().toHex())
        .put("server", identity.device().value())
        .put("product", purchase.product().word())
        .put("state", purchase.state().name().toLowerCase(Locale.ROOT))
        .put("first_epoch", purchase.from().value())
        .put("last_epoch", purchase.deal().terms().lastEpoch().value());
  }

  /** What a token opens. */
  private void access(ServerRequest request, ServerResponse response) throws DataException {
    Access.Grant grant = grant(request);
    ObjectNode json =
        ReadingJson.MAPPER
            .createObjectNode()
            .put("deal", grant.deal().id().toHex())
            .put("network", identity.network().value())
            .put("product", grant.purchase().product().word())
            .put("state", grant.purchase().state().name().toLowerCase(Locale.ROOT))
            .put("first_epoch", grant.purchase().from().value())
            .put("last_epoch", grant.deal().terms().lastEpoch().value())
            .put("expires", grant.expires());
    ArrayNode cells = json.putArray("cells");
    grant.deal().cells().forEach(cell -> cells.add(Long.toHexString(cell)));
    send(response, 200, json);
  }

  private void latest(ServerRequest request, ServerResponse response)
      throws IOException, DataException {
    Access.Grant grant = grant(request).to(Product.LATEST);
    EpochNumber first = grant.purchase().from();
    EpochNumber oldest = new EpochNumber(Math.max(0, now().value() - LATEST_EPOCHS));
    answer(
        request,
        response,
        new Query(
            grant.cells(parameter(request, "cell").orElse("")),
            oldest.compareTo(first) > 0 ? oldest : first,
            grant.deal().terms().lastEpoch(),
            0,
            MAX_SECOND,
            true,
            false));
  }

  private void history(ServerRequest request, ServerResponse response)
      throws IOException, DataException {
    Access.Grant grant = grant(request).to(Product.HISTORY);
    answer(
        request,
        response,
        new Query(
            grant.cells(parameter(request, "cell").orElse("")),
            grant.purchase().from(),
            grant.deal().terms().lastEpoch(),
            second(parameter(request, "from"), 0),
            second(parameter(request, "to"), MAX_SECOND),
            false,
            grant.purchase().product() == Product.HISTORY));
  }

  private void noStream(ServerRequest request, ServerResponse response) throws DataException {
    grant(request).to(Product.STREAM).cells(parameter(request, "cell").orElse(""));
    throw DataError.MALFORMED.exception("This address is a WebSocket (RFC 6455, version 13).");
  }

  private Access.Grant grant(ServerRequest request) throws DataException {
    return access.grant(
        request.headers().first(HeaderNames.AUTHORIZATION), parameter(request, "token"));
  }

  private void answer(ServerRequest request, ServerResponse response, Query query)
      throws IOException, DataException {
    String wanted = parameter(request, "format").orElse(Format.JSON.code());
    Format format =
        Format.of(wanted)
            .orElseThrow(() -> DataError.MALFORMED.exception("Formats: json, csv, parquet."));
    if (!querying.tryAcquire()) {
      throw DataError.BUSY.exception();
    }
    try {
      Path file = store.export(query, format);
      try {
        response
            .status(200)
            .header(HeaderNames.CONTENT_TYPE, format.mediaType())
            .header(HeaderNames.CONTENT_LENGTH, Long.toString(Files.size(file)));
        try (OutputStream out = response.outputStream()) {
          Files.copy(file, out);
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } finally {
      querying.release();
    }
  }

  private static Optional<String> parameter(ServerRequest request, String name) {
    return request.query().first(name).asOptional();
  }

  /** A time: Unix seconds, or as ISO 8601 has it. */
  static long second(Optional<String> text, long otherwise) throws DataException {
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.get().matches("[0-9]{1,10}")) {
      return Long.parseLong(text.get());
    }
    try {
      return Math.clamp(Instant.parse(text.get()).getEpochSecond(), 0, MAX_SECOND);
    } catch (DateTimeException e) {
      throw DataError.MALFORMED.exception("A time is Unix seconds, or like 2026-01-31T12:00:00Z.");
    }
  }

  private EpochNumber now() {
    return chain.schedule().epochAt(clock.instant().getEpochSecond());
  }
}
