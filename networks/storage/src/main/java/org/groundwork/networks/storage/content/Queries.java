package org.groundwork.networks.storage.content;

import io.helidon.webserver.http.ServerRequest;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of a request. */
public final class Queries {
  private Queries() {}

  /** Decoded, the first of each name. */
  public static Map<String, String> of(ServerRequest request) {
    Map<String, String> parameters = new TreeMap<>();
    for (String name : request.query().names()) {
      parameters.put(name, request.query().get(name));
    }
    return parameters;
  }
}
