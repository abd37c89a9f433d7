package org.groundwork.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.HashTree;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;

class BatchTreeTest {
  @Test
  void hasTheRootAndThePathsOfTheTreeThatPromisesAreCheckedWith() {
    for (int size = 1; size <= 70; size++) {
      List<Hash> reports = new ArrayList<>();
      byte[] flat = new byte[size * Hash.SIZE];
      for (int i = 0; i < size; i++) {
        Hash report = Sha256.hash(new byte[] {(byte) i, (byte) size});
        reports.add(report);
        System.arraycopy(report.toArray(), 0, flat, i * Hash.SIZE, Hash.SIZE);
      }
      List<Hash> leaves = reports.stream().map(each -> HashTree.leaf(each.bytes())).toList();
      BatchTree tree = new BatchTree(flat);
      assertThat(tree.root()).isEqualTo(HashTree.root(leaves));
      for (int i = 0; i < size; i++) {
        assertThat(tree.path(i)).isEqualTo(HashTree.path(leaves, i));
      }
    }
  }
}
