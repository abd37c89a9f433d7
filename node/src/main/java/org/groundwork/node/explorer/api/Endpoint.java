package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.node.wire.ApiException;

/**
 * One path of the API.
 *
 * @param path as Helidon writes patterns
 * @param parameters the names that it takes, those of the path among them
 * @param columns of a list as a table; empty if it is no list
 * @param cached whether the answer stays the same until more is indexed
 */
public record Endpoint(
    String path,
    Set<String> parameters,
    List<String> columns,
    boolean cached,
    One one,
    Optional<Many> many) {
  static final Set<String> PAGING = Set.of("limit", "cursor", "format");

  public Endpoint {
    parameters = Set.copyOf(parameters);
    columns = List.copyOf(columns);
  }

  /** Answers with one object. */
  interface One {
    ObjectNode answer(Asked asked) throws SQLException, ApiException, IOException;
  }

  /** Answers with a page of a list. */
  interface Many {
    Listing list(Asked asked) throws SQLException, ApiException, IOException;
  }

  static Endpoint one(String path, Set<String> parameters, One one) {
    return new Endpoint(path, parameters, List.of(), true, one, Optional.empty());
  }

  /** One whose answer changes with time alone. */
  Endpoint fresh() {
    return new Endpoint(path, parameters, columns, false, one, many);
  }

  /** A list; its object is a page with what it rests on. */
  static Endpoint list(String path, Set<String> parameters, List<String> columns, Many many) {
    Set<String> all = new TreeSet<>(parameters);
    all.addAll(PAGING);
    return new Endpoint(path, all, columns, true, asked -> page(asked, many), Optional.of(many));
  }

  /** A list whose object says more than a page. */
  Endpoint with(One other) {
    return new Endpoint(path, parameters, columns, cached, other, many);
  }

  private static ObjectNode page(Asked asked, Many many)
      throws SQLException, ApiException, IOException {
    Listing listing = many.list(asked);
    ObjectNode json = org.groundwork.node.wire.Json.object();
    var items = json.putArray("items");
    listing.items().forEach(items::add);
    listing.next().ifPresent(next -> json.put("next", next));
    json.set("source", Source.newest(asked));
    return json;
  }
}
