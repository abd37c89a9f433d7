package org.groundwork.settlement.rpc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;

/** A call to try: to a contract, or with no {@code to} the creation of one. */
public record CallRequest(Optional<AccountId> from, Optional<AccountId> to, Bytes data) {
  public static CallRequest to(AccountId contract, Bytes data) {
    return new CallRequest(Optional.empty(), Optional.of(contract), data);
  }

  public CallRequest withSender(AccountId sender) {
    return new CallRequest(Optional.of(sender), to, data);
  }

  Map<String, String> toJson() {
    Map<String, String> json = new LinkedHashMap<>();
    from.ifPresent(account -> json.put("from", account.toHex()));
    to.ifPresent(account -> json.put("to", account.toHex()));
    json.put("data", data.toHex());
    return json;
  }
}
