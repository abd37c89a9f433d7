package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next the cursor of the next page
 */
record Listing(List<ObjectNode> items, Optional<String> next) {
  Listing {
    items = List.copyOf(items);
  }

  /**
   * A page out of one row more than it holds.
   *
   * @param cursor of the last row of a page
   */
  static <T> Listing of(
      List<T> rows, int limit, Function<T, String> cursor, Function<T, ObjectNode> item) {
    boolean more = rows.size() > limit;
    List<T> page = more ? rows.subList(0, limit) : rows;
    return new Listing(
        page.stream().map(item).toList(),
        more ? Optional.of(cursor.apply(page.getLast())) : Optional.empty());
  }
}
