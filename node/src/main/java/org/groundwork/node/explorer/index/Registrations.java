package org.groundwork.node.explorer.index;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.node.explorer.database.Sql;

/** Where devices were registered: how many there were at any place of the chain. */
final class Registrations {
  private final Map<Integer, long[]> places = new TreeMap<>();

  Registrations(Sql sql) throws SQLException {
    Map<Integer, List<Long>> found = new TreeMap<>();
    sql.each(
        "SELECT network, place FROM device",
        row -> found.computeIfAbsent(row.integer(1), _ -> new ArrayList<>()).add(row.number(2)));
    found.forEach((network, list) -> {
      long[] sorted = list.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(sorted);
      places.put(network, sorted);
    });
  }

  /** Devices of a network up to a place; of all networks for 0. */
  long count(int network, long place) {
    if (network == 0) {
      return places.keySet().stream().mapToLong(each -> count(each, place)).sum();
    }
    long[] sorted = places.getOrDefault(network, new long[0]);
    int at = Arrays.binarySearch(sorted, place);
    return at < 0 ? -at - 1 : at + 1;
  }
}
