package org.groundwork.settlement.rpc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;

/** One request, one whole answer, within a deadline and a size. */
public final class HttpPost implements AutoCloseable {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final URI endpoint;
  private final RpcLimits limits;
  private final HttpClient client;

  public HttpPost(URI endpoint, RpcLimits limits) {
    this.endpoint = endpoint;
    this.limits = limits;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limits.deadline())
            .build();
  }

  public byte[] send(byte[] body) throws SettlementException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .timeout(limits.deadline())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.answerBytes()));
    try {
      // The request's own timeout ends with the headers; this one covers the body too.
      return checked(answer.get(limits.deadline().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw timeout(e);
    } catch (ExecutionException e) {
      throw translated(e.getCause() instanceof IOException cause ? cause : new IOException(e));
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw SettlementException.interrupted(e);
    }
  }

  private byte[] checked(HttpResponse<byte[]> response) throws SettlementException {
    int status = response.statusCode();
    if (status == TOO_MANY_REQUESTS || status > SERVER_ERROR) {
      throw new SettlementException(
          Failure.RPC_UNREACHABLE, endpointName() + " is busy or away (HTTP " + status + ")");
    }
    // Some nodes answer an error of the call with HTTP 400 or 500 and a JSON-RPC body.
    if (status != OK && status != BAD_REQUEST && status != SERVER_ERROR) {
      throw new SettlementException(
          Failure.RPC_BAD_ANSWER, endpointName() + " answers HTTP " + status);
    }
    return response.body();
  }

  private SettlementException translated(IOException cause) {
    if (cause instanceof java.net.http.HttpTimeoutException) {
      return timeout(cause);
    }
    String text = String.valueOf(cause.getMessage());
    if (text.contains("body exceeds capacity") || text.contains("limit exceeded")) {
      return new SettlementException(
          Failure.RPC_TOO_LARGE,
          endpointName() + " answers more than " + limits.answerBytes() + " bytes",
          cause);
    }
    return new SettlementException(
        Failure.RPC_UNREACHABLE, endpointName() + " cannot be reached: " + text, cause);
  }

  private SettlementException timeout(Exception cause) {
    return new SettlementException(
        Failure.RPC_TIMEOUT,
        endpointName() + " did not answer within " + limits.deadline().toMillis() + " ms",
        cause);
  }

  /** Scheme, host and port: paths and queries of RPC URLs hold secret keys. */
  public String endpointName() {
    String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
    return endpoint.getScheme() + "://" + endpoint.getHost() + port;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
