package org.groundwork.node.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.node.wire.RequestSignature;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SigningDomain;

/** Reads what stands in paths, queries and headers. */
final class Requests {
  private static final HeaderName ACCOUNT = name(RequestSignature.ACCOUNT);
  private static final HeaderName TIME = name(RequestSignature.TIME);
  private static final HeaderName SIGNATURE = name(RequestSignature.SIGNATURE);

  private Requests() {}

  private static HeaderName name(String name) {
    return HeaderNames.create(name.toLowerCase(Locale.ROOT), name);
  }

  static Hash hash(ServerRequest request, String parameter) throws ApiException {
    try {
      return Json.hash(request.path().pathParameters().get(parameter));
    } catch (Malformed e) {
      throw new ApiException(ApiError.MALFORMED, parameter + " is no hash.");
    }
  }

  static EpochNumber epoch(ServerRequest request) throws ApiException {
    return epoch(request.path().pathParameters().get("epoch"));
  }

  static EpochNumber epoch(String text) throws ApiException {
    long value = number(text);
    if (value > 0xFFFF_FFFFL) {
      throw new ApiException(ApiError.MALFORMED, text + " is no epoch.");
    }
    return new EpochNumber(value);
  }

  static DeviceId device(ServerRequest request) throws ApiException {
    long value = number(request.path().pathParameters().get("device"));
    if (value < 1) {
      throw new ApiException(ApiError.MALFORMED, "Devices are numbered from 1.");
    }
    return new DeviceId(value);
  }

  static long number(String text) throws ApiException {
    if (!text.matches("[0-9]{1,18}")) {
      throw new ApiException(ApiError.MALFORMED, "A number is wanted.");
    }
    return Long.parseLong(text);
  }

  /** A parameter of the query; empty if it is not there. */
  static Optional<String> query(ServerRequest request, String parameter) {
    return request.query().first(parameter).asOptional();
  }

  /** Where segments are searched for a report. */
  interface Search {
    List<Hash> segments(DeviceId device, Sequence sequence) throws IOException;
  }

  /** Answers which segments hold the report in path and query; so many searches at once. */
  static void holding(
      ServerRequest request, ServerResponse response, Semaphore searching, Search search)
      throws ApiException, IOException {
    DeviceId device = device(request);
    long counter = number(query(request, "counter").orElse(""));
    if (counter > 0xFFFF_FFFFL) {
      throw new ApiException(ApiError.MALFORMED, counter + " is no counter.");
    }
    Sequence sequence = Sequence.of(epoch(query(request, "epoch").orElse("")), counter);
    if (!searching.tryAcquire()) {
      throw new ApiException(ApiError.BUSY);
    }
    try {
      ArrayNode array = Json.array();
      search.segments(device, sequence).forEach(segment -> array.add(segment.toHex()));
      Replies.json(response, array);
    } finally {
      searching.release();
    }
  }

  /** The account that signed this request and its body. */
  static AccountId signer(
      ServerRequest request, Bytes body, SigningDomain domain, InstantSource clock)
      throws ApiException {
    Optional<RequestSignature> signature =
        RequestSignature.of(
            header(request, ACCOUNT), header(request, TIME), header(request, SIGNATURE));
    String method = request.prologue().method().text();
    return signature
        .filter(each -> each.isGenuine(domain, clock, method, Replies.path(request), body))
        .map(RequestSignature::account)
        .orElseThrow(() -> new ApiException(ApiError.UNSIGNED));
  }

  private static String header(ServerRequest request, HeaderName name) {
    return request.headers().first(name).orElse("");
  }
}
