package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.StandardMerkleTree;

/** The trees behind money roots, as verifiers keep them. */
final class MoneyTrees {
  /** Whose cumulative amount a leaf holds. */
  record Line(int kind, long network, Hash subject) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      int byKind = Integer.compare(kind, other.kind);
      int byNetwork = byKind != 0 ? byKind : Long.compare(network, other.network);
      return byNetwork != 0 ? byNetwork : subject.compareTo(other.subject);
    }
  }

  private final Map<Hash, TreeMap<Line, BigInteger>> books = new HashMap<>();
  private final Map<Hash, StandardMerkleTree> trees = new HashMap<>();

  /** A copy of what stands under a root; empty for an unknown one. */
  Map<Line, BigInteger> book(Hash root) {
    return new TreeMap<>(books.getOrDefault(root, new TreeMap<>()));
  }

  Hash root(Map<Line, BigInteger> book) {
    if (book.isEmpty()) {
      return Hash.ZERO;
    }
    StandardMerkleTree tree =
        new StandardMerkleTree(
            book.entrySet().stream().map(entry -> leaf(entry.getKey(), entry.getValue())).toList());
    books.put(tree.root(), new TreeMap<>(book));
    trees.put(tree.root(), tree);
    return tree.root();
  }

  List<Hash> proof(Hash root, Line line) {
    StandardMerkleTree tree = trees.get(root);
    BigInteger amount = book(root).get(line);
    return tree == null || amount == null ? List.of() : tree.proof(leaf(line, amount));
  }

  private static Hash leaf(Line line, BigInteger cumulative) {
    return ResultsBook.leaf(line.kind(), line.network(), line.subject(), cumulative);
  }
}
