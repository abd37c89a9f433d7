package org.groundwork.node.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.HashTree;

/** A {@link HashTree} over report hashes with all its levels, so that every path is cheap. */
final class BatchTree {
  private final List<List<Hash>> levels = new ArrayList<>();

  BatchTree(List<Hash> reports) {
    List<Hash> level = reports.stream().map(report -> HashTree.leaf(report.bytes())).toList();
    levels.add(level);
    while (level.size() > 1) {
      level = above(level);
      levels.add(level);
    }
  }

  private static List<Hash> above(List<Hash> level) {
    List<Hash> above = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i < level.size(); i += 2) {
      above.add(HashTree.root(level.subList(i, Math.min(i + 2, level.size()))));
    }
    return above;
  }

  Hash root() {
    return levels.getLast().getFirst();
  }

  List<Hash> path(int index) {
    List<Hash> path = new ArrayList<>(levels.size());
    int at = Objects.checkIndex(index, levels.getFirst().size());
    for (List<Hash> level : levels) {
      int sibling = at ^ 1;
      if (sibling < level.size()) {
        path.add(level.get(sibling));
      }
      at /= 2;
    }
    return path;
  }
}
