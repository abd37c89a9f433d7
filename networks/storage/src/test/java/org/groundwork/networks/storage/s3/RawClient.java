package org.groundwork.networks.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.groundwork.protocol.Bytes;

/**
 * Says to the endpoint exactly what a test wants said, correctly signed unless it says otherwise.
 */
final class RawClient {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final int port;

  RawClient(int port) {
    this.port = port;
  }

  int port() {
    return port;
  }

  record Response(int status, Map<String, String> headers, Bytes body) {
    String text() {
      return new String(body.unsafeArray(), StandardCharsets.UTF_8);
    }

    /** The error code, or the status if there is none. */
    String code() {
      int from = text().indexOf("<Code>");
      return from < 0
          ? Integer.toString(status)
          : text().substring(from + "<Code>".length(), text().indexOf("</Code>"));
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** What happens meanwhile. */
  interface Pause {
    void run() throws IOException;
  }

  /** A request in the making. */
  final class Request {
    final String method;
    final String path;
    final String query;
    final TreeMap<String, String> headers = new TreeMap<>();
    byte[] body = new byte[0];

    /** How the letters of headers are written, and read from the answer. */
    Charset letters = StandardCharsets.UTF_8;

    Instant date = Instant.now();
    String accessKey = Endpoint.ACCESS_KEY;
    String secret = Endpoint.SECRET;

    /** Sent without any signature. */
    boolean anonymous;

    /** Sent without saying how long the body is. */
    boolean lengthless;

    /** Added after the signature was made. */
    final TreeMap<String, String> unsigned = new TreeMap<>();

    /** How much of the body is sent before the client falls silent. */
    int sent = Integer.MAX_VALUE;

    String seed = "";

    /** Happens when half of the body was sent. */
    Pause pause = () -> {};

    Request(String method, String path, String query) {
      this.method = method;
      this.path = path;
      this.query = query;
      headers.put("host", "127.0.0.1:" + port);
    }

    Request with(Consumer<Request> change) {
      change.accept(this);
      return this;
    }

    Request body(String text) {
      body = text.getBytes(StandardCharsets.UTF_8);
      return this;
    }

    Request header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    SigV4.Scope scope() {
      return new SigV4.Scope(timestamp().substring(0, 8), "us-east-1", "s3");
    }

    String timestamp() {
      return TIMESTAMP.format(date);
    }

    /** Signs what is there now. */
    Request sign() throws S3Exception {
      headers.putIfAbsent("x-amz-date", timestamp());
      headers.putIfAbsent(
          "x-amz-content-sha256", HexFormat.of().formatHex(SigV4.sha256().digest(body)));
      String canonical =
          SigV4.canonicalRequest(
              method,
              Percent.decodePath(path),
              S3Request.parse(method, path, query, headers).query(),
              headers,
              headers.getOrDefault("x-amz-content-sha256", ""));
      seed =
          SigV4.sign(
              SigV4.signingKey(secret, scope()),
              SigV4.stringToSign(timestamp(), scope(), canonical));
      unsigned.put(
          "authorization",
          "AWS4-HMAC-SHA256 Credential="
              + accessKey
              + "/"
              + scope()
              + ", SignedHeaders="
              + String.join(";", headers.keySet())
              + ", Signature="
              + seed);
      return this;
    }

    Response send() throws IOException {
      if (!anonymous && !unsigned.containsKey("authorization")) {
        sign();
      }
      return sendAsIs();
    }

    Response sendAsIs() throws IOException {
      var head = new StringBuilder();
      head.append(method).append(' ').append(path);
      head.append(query.isEmpty() ? "" : "?" + query).append(" HTTP/1.1\r\n");
      var all = new TreeMap<>(headers);
      all.putAll(unsigned);
      if (!all.containsKey("transfer-encoding") && !lengthless) {
        all.putIfAbsent("content-length", Integer.toString(body.length));
      }
      all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      head.append("connection: close\r\n\r\n");
      int most = Math.min(sent, body.length);
      return exchange(
          head.toString().getBytes(letters), body, most, method.equals("HEAD"), pause, letters);
    }
  }

  Request request(String method, String path, String query) {
    return new Request(method, path, query);
  }

  Request put(String path, String body) {
    return request("PUT", path, "").body(body);
  }

  Request get(String path) {
    return request("GET", path, "");
  }

  Response exchange(String head, byte[] body, int sent, boolean noBody) throws IOException {
    return exchange(
        head.getBytes(StandardCharsets.UTF_8),
        body,
        sent,
        noBody,
        () -> {},
        StandardCharsets.UTF_8);
  }

  private Response exchange(
      byte[] head, byte[] body, int most, boolean noBody, Pause pause, Charset letters)
      throws IOException {
    int sent = most;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head);
      try {
        socket.getOutputStream().write(body, 0, sent / 2);
        socket.getOutputStream().flush();
        pause.run();
        socket.getOutputStream().write(body, sent / 2, sent - sent / 2);
        socket.getOutputStream().flush();
      } catch (SocketException e) {
        // The answer is there already: the body was not wanted.
        sent = body.length;
      }
      if (sent < body.length) {
        socket.shutdownOutput();
      }
      return read(socket.getInputStream(), noBody, letters);
    }
  }

  private static Response read(InputStream in, boolean noBody, Charset letters) throws IOException {
    String status = line(in, letters);
    while (status.startsWith("HTTP/1.1 100")) {
      line(in, letters);
      status = line(in, letters);
    }
    var headers = new TreeMap<String, String>();
    for (String line = line(in, letters); !line.isEmpty(); line = line(in, letters)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = noBody ? new byte[0] : in.readNBytes(length);
    return new Response(Integer.parseInt(status.split(" ", 3)[1]), headers, Bytes.wrap(body));
  }

  private static String line(InputStream in, Charset letters) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(letters).strip();
  }
}
