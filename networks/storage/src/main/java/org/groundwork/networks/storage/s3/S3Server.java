package org.groundwork.networks.storage.s3;

import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.groundwork.agent.http.TimedSockets;

/** The S3 endpoint: listens, and deletes in the background what no object uses any more. */
public final class S3Server implements AutoCloseable {
  /** A key of 1024 bytes, each percent-encoded, and a presigned query. */
  private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;

  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_CONNECTIONS = 1024;
  private static final Duration UNLIMITED = Duration.ofDays(3650);
  private static final int WRITE_BUFFER_BYTES = 64 * 1024;

  private final WebServer server;
  private final ReaperThread reaper;

  private S3Server(WebServer server, ReaperThread reaper) {
    this.server = server;
    this.reaper = reaper;
  }

  /**
   * Starts listening.
   *
   * @param buckets is not closed with the server
   * @param random for identifiers of uploads, which must not be guessed: a secure one
   */
  public static S3Server start(
      S3Config config,
      ObjectStore store,
      Buckets buckets,
      Users users,
      InstantSource clock,
      RandomGenerator random) {
    var reaper = new ReaperThread(new Reaper(buckets, store));
    var handler =
        new S3Handler(
            new S3Api(buckets, store, users, config, clock, random),
            buckets,
            new Authenticator(users, clock),
            config,
            random,
            reaper::wake);
    var builder = TimedSockets.server(config.idle());
    config
        .tls()
        .ifPresent(files -> builder.tls(Tls.builder().sslContext(PemFiles.context(files)).build()));
    WebServer server =
        builder
            .host(config.host())
            .port(config.port())
            .maxTcpConnections(MAX_CONNECTIONS)
            .writeBufferSize(WRITE_BUFFER_BYTES)
            .maxPayloadSize(-1)
            // It counts from the start of a request, however long that takes: the read timeout is
            // what ends idle connections.
            .idleConnectionTimeout(UNLIMITED)
            .addConnectionSelector(
                new ByteHeaders(Http1ConnectionSelector.builder().config(protocol()).build()))
            .contentEncoding(plain())
            .directHandlers(directHandlers())
            .routing((HttpRouting.Builder routing) -> routing.any(handler))
            .build()
            .start();
    reaper.start();
    return new S3Server(server, reaper);
  }

  /** Paths and queries come through as they were signed; what is wrong with them is told as XML. */
  private static Http1Config protocol() {
    return Http1Config.builder()
        .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
        .maxHeadersSize(MAX_HEADER_BYTES)
        .validatePath(false)
        .validatePrologue(false)
        .validateRequestHeaders(false)
        .continueImmediately(false)
        .build();
  }

  /** An object's Content-Encoding is the client's matter. */
  private static ContentEncodingContext plain() {
    return ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build();
  }

  /** What cannot even be read as HTTP. */
  private static DirectHandlers directHandlers() {
    var handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type,
          (request, event, status, headers, message) -> {
            S3Error error =
                status.code() >= 500
                    ? S3Error.InternalError
                    : tooLarge(status.code())
                        ? S3Error.RequestHeaderSectionTooLarge
                        : S3Error.InvalidRequest;
            Answer answer = Answer.error(error.exception(), "", "");
            var response =
                DirectHandler.TransportResponse.builder()
                    .status(io.helidon.http.Status.create(error.status()))
                    .headers(headers)
                    .header(HeaderValues.CONNECTION_CLOSE)
                    .keepAlive(false);
            if (answer.content() instanceof Answer.Content.Document document) {
              response
                  .header(HeaderNames.CONTENT_TYPE, "application/xml")
                  .entity(document.bytes().unsafeArray());
            }
            return response.build();
          });
    }
    return handlers.build();
  }

  private static boolean tooLarge(int status) {
    return status == 413 || status == 414 || status == 431;
  }

  public int port() {
    return server.port();
  }

  /** Requests in progress may end; then nothing of the server runs any more. */
  @Override
  public void close() {
    server.stop();
    reaper.close();
  }
}
