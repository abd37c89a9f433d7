package org.groundwork.networks.storage.s3;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.groundwork.networks.storage.content.LateOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between the web server and {@link S3Api}: the root of every request, where errors end. */
final class S3Handler implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(S3Handler.class);

  /** An error is of no use to a client that is still sending: so much is read to its end. */
  private static final long MAX_DRAINED_BYTES = 64L << 20;

  /** Python's clients of S3. */
  private static final Pattern LATIN1_READER = Pattern.compile("Boto3/|aws-cli/");

  private static final int COPY_BYTES = 64 * 1024;
  private static final int REQUEST_ID_BYTES = 8;

  private final S3Api api;
  private final Buckets buckets;
  private final Authenticator authenticator;
  private final S3Config config;
  private final RandomGenerator random;
  private final Runnable afterWrite;

  S3Handler(
      S3Api api,
      Buckets buckets,
      Authenticator authenticator,
      S3Config config,
      RandomGenerator random,
      Runnable afterWrite) {
    this.api = api;
    this.buckets = buckets;
    this.authenticator = authenticator;
    this.config = config;
    this.random = random;
    this.afterWrite = afterWrite;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    String requestId = requestId();
    var body = new RequestBody(request);
    String method = request.prologue().method().text();
    String resource = request.prologue().uriPath().rawPath();
    Answer answer;
    Map<String, String> cors = Map.of();
    try {
      S3Request head = head(request, method);
      cors = method.equals("OPTIONS") ? cors : Cors.headers(buckets, head);
      answer = answer(head, request, body);
    } catch (S3Exception e) {
      answer = Answer.error(e, resource, requestId);
    } catch (IOException | RuntimeException e) {
      LOG.error("request {}: {} {}", requestId, method, resource, e);
      answer = Answer.error(S3Error.InternalError.exception(), resource, requestId);
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      afterWrite.run();
    }
    boolean head = method.equals("HEAD");
    boolean latin1 =
        LATIN1_READER.matcher(request.headers().value(HeaderNames.USER_AGENT).orElse("")).find();
    Answer told = answer.with(cors);
    if (latin1) {
      told = told.with(HeaderBytes.forLatin1Reader(told.headers()));
    }
    send(told, head, body, response, resource, requestId);
  }

  private S3Request head(ServerRequest request, String method) throws S3Exception {
    var headers = new TreeMap<String, String>();
    for (Header header : request.headers()) {
      headers.put(header.headerName().lowerCase(), String.join(",", header.allValues()));
    }
    return S3Request.parse(
            method,
            request.prologue().uriPath().rawPath(),
            request.prologue().query().rawValue(),
            headers)
        .underDomain(config.domain());
  }

  private Answer answer(S3Request head, ServerRequest request, RequestBody body)
      throws IOException {
    if (head.method().equals("OPTIONS")) {
      return Cors.preflight(buckets, head);
    }
    Authenticated authenticated = authenticator.authenticate(head);
    var peer = new Peer(address(request.remotePeer().address()), request.isSecure());
    return api.answer(new Call(head, authenticated, body, body.contentLength(), peer));
  }

  private static String address(SocketAddress address) {
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : address.toString();
  }

  private String requestId() {
    byte[] id = new byte[REQUEST_ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().withUpperCase().formatHex(id);
  }

  private static void send(
      Answer answer,
      boolean head,
      RequestBody body,
      ServerResponse response,
      String resource,
      String requestId) {
    boolean reusable = body.drain(MAX_DRAINED_BYTES);
    response.status(Status.create(answer.status()));
    answer.headers().forEach((name, value) -> response.header(ByteHeader.of(name, value)));
    response.header("x-amz-request-id", requestId);
    response.header("server", "Groundwork");
    if (!reusable) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    switch (answer.content()) {
      case Answer.Content.None none -> response.send();
      case Answer.Content.Document document -> {
        if (head || answer.status() == S3Error.NotModified.status()) {
          response.send();
        } else {
          response.header(HeaderNames.CONTENT_TYPE, document.type());
          response.send(document.bytes().unsafeArray());
        }
      }
      case Answer.Content.Stream stream -> stream(stream, response, resource, requestId);
    }
    if (!reusable) {
      throw new CloseConnectionException("the request's body was not read");
    }
  }

  private static void stream(
      Answer.Content.Stream stream, ServerResponse response, String resource, String requestId) {
    var out = new LateOutput(response);
    try (var source = stream.source()) {
      source.writeTo(out);
      out.finish();
    } catch (IOException | ObjectStoreException | RuntimeException e) {
      if (out.started()) {
        // The head promised more bytes than will come: only the end of the connection tells.
        LOG.warn("request {}: {} was cut off: {}", requestId, resource, e.toString());
        throw new CloseConnectionException("the object could not be read to its end", e);
      }
      Answer answer = Answer.error(unreadable(e, resource, requestId), resource, requestId);
      response.headers().clear();
      response.status(Status.create(answer.status()));
      response.header("x-amz-request-id", requestId);
      response.header(HeaderNames.CONTENT_TYPE, "application/xml");
      if (answer.content() instanceof Answer.Content.Document document) {
        response.send(document.bytes().unsafeArray());
      }
    }
  }

  private static S3Exception unreadable(Exception e, String resource, String requestId) {
    if (e instanceof ObjectStoreException known) {
      LOG.warn("request {}: {} cannot be read: {}", requestId, resource, e.toString());
      return S3Exception.of(known);
    }
    LOG.error("request {}: {} cannot be read", requestId, resource, e);
    return S3Error.InternalError.exception();
  }

  /** The body as the client sends it: asked for late, and of a known end. */
  private static final class RequestBody extends InputStream {
    private final ServerRequest request;
    private final long contentLength;
    private final boolean chunked;
    private final boolean expectsContinue;
    private InputStream in = InputStream.nullInputStream();
    private boolean asked;
    private boolean ended;
    private boolean broken;
    private long count;

    RequestBody(ServerRequest request) {
      this.request = request;
      OptionalLong length = request.headers().contentLength();
      this.chunked = request.headers().contains(HeaderNames.TRANSFER_ENCODING);
      // Without either header there is no body.
      this.contentLength = chunked ? Call.CHUNKED : length.orElse(Call.ABSENT);
      this.expectsContinue =
          request
              .headers()
              .value(HeaderNames.EXPECT)
              .map(v -> v.toLowerCase(Locale.ROOT).equals("100-continue"))
              .orElse(false);
      this.ended = !chunked && contentLength <= 0;
    }

    long contentLength() {
      return contentLength;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      if (ended) {
        return -1;
      }
      int n;
      try {
        if (!asked) {
          asked = true;
          in = request.content().inputStream();
        }
        n = in.read(b, off, len);
      } catch (IOException | RuntimeException e) {
        broken = true;
        var incomplete = S3Error.IncompleteBody.exception();
        incomplete.initCause(e);
        throw incomplete;
      }
      count += Math.max(n, 0);
      ended = n < 0 || (!chunked && count == contentLength);
      return n;
    }

    /**
     * Reads what the client may still be sending.
     *
     * @return whether the connection can take another request
     */
    boolean drain(long maxBytes) {
      if (expectsContinue && !asked) {
        // The server would say "continue" behind the answer, where the next one is expected.
        return false;
      }
      if (ended) {
        return true;
      }
      if (broken || contentLength - count > maxBytes) {
        return false;
      }
      byte[] buffer = new byte[COPY_BYTES];
      long left = maxBytes;
      try {
        while (left > 0 && !ended) {
          left -= Math.max(read(buffer, 0, buffer.length), 0);
        }
      } catch (IOException e) {
        LOG.debug("the rest of a body cannot be read", e);
      }
      return ended;
    }
  }
}
