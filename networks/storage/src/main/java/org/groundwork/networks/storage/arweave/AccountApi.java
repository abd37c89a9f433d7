package org.groundwork.networks.storage.arweave;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;

/** Prices, balances, the endowment. Amounts are in the smallest unit of credits. */
final class AccountApi {
  private static final int MAX_BODY = 4096;
  private static final String NUMBER = "[0-9]{1,18}";
  private static final String AMOUNT = "[0-9]{1,60}";
  private static final String ADDRESS =
      "An address is base64url of SHA-256 of the owner's public key.";

  private final PermanentStore store;
  private final String operatorToken;

  AccountApi(PermanentStore store, String operatorToken) {
    this.store = store;
    this.operatorToken = operatorToken;
  }

  /**
   * {@code /price/bytes/N} as Turbo, {@code /price/N} as Arweave, {@code /price/TOKEN/N} as Irys.
   */
  void price(List<String> rest, ServerResponse response) throws IOException {
    String bytes = rest.isEmpty() ? "" : rest.getLast();
    if (!bytes.matches(NUMBER) || rest.size() > 2) {
      throw new ItemRejected(400, "A price is at /price/bytes/N.");
    }
    String price = store.quote(Long.parseLong(bytes)).toString();
    if (rest.getFirst().equals("bytes")) {
      Json.send(response, Map.of("winc", price, "adjustments", List.of()));
    } else {
      response.header(HeaderNames.CONTENT_TYPE, "text/plain");
      response.send(price);
    }
  }

  void account(
      String method,
      List<String> rest,
      Map<String, String> query,
      ServerRequest request,
      ServerResponse response)
      throws IOException {
    if (method.equals("GET") && !rest.isEmpty() && rest.getFirst().equals("balance")) {
      String owner = query.getOrDefault("address", "");
      if (Base64Url.id(owner).isEmpty()) {
        // Turbo's client names an Ethereum account so, and takes this for nothing.
        throw new ItemRejected(404, "No balance is kept here under \"" + owner + "\": " + ADDRESS);
      }
      balance(owner, response);
    } else if (method.equals("POST") && rest.equals(List.of("credit"))) {
      credit(request, response);
    } else {
      throw new ItemRejected(404, "A balance is at /account/balance/TOKEN?address=.");
    }
  }

  private static Hash address(String text) throws ItemRejected {
    return Base64Url.id(text).orElseThrow(() -> new ItemRejected(400, ADDRESS));
  }

  private void balance(String address, ServerResponse response) throws IOException {
    String balance = store.free(address(address)).toString();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("winc", balance);
    json.put("balance", balance);
    json.put("controlledWinc", balance);
    json.put("effectiveBalance", balance);
    json.put("givenApprovals", List.of());
    json.put("receivedApprovals", List.of());
    Json.send(response, json);
  }

  /** The operator says that he was paid: {@code {"address": ..., "credits": ...}}. */
  private void credit(ServerRequest request, ServerResponse response) throws IOException {
    String shown = request.headers().value(HeaderNames.AUTHORIZATION).orElse("");
    if (!MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8),
        ("Bearer " + operatorToken).getBytes(StandardCharsets.UTF_8))) {
      throw new ItemRejected(403, "Balances are added to by the operator alone.");
    }
    Map<?, ?> json = Json.read(request.content().inputStream().readNBytes(MAX_BODY));
    Hash address = address(String.valueOf(json.get("address")));
    String amount = String.valueOf(json.get("credits"));
    if (!amount.matches(AMOUNT)) {
      throw new ItemRejected(400, "Credits are a whole number of the smallest unit, as text.");
    }
    store.credit(address, new Credits(new BigInteger(amount)));
    balance(Base64Url.encode(address), response);
  }

  void endowment(ServerResponse response) throws IOException {
    Json.send(response, ItemJson.statement(store.statement(), store.settings().endowment()));
  }

  void info(ServerResponse response) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "groundwork");
    json.put("addresses", Map.of());
    json.put("version", Receipt.VERSION);
    json.put("public", Base64Url.encode(store.key().modulus()));
    json.put("freeUploadLimitBytes", store.settings().freeBytes());
    json.put("maxItemBytes", store.settings().maxItemBytes());
    Json.send(response, json);
  }
}
