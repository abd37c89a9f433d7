package org.groundwork.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HashTreeTest {
  /** Leaves and roots of the reference tests of Certificate Transparency. */
  private static final List<Bytes> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(Bytes::fromHex)
          .toList();

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void hasTheRootsOfRfc6962() {
    for (int size = 0; size <= LEAVES.size(); size++) {
      assertThat(HashTree.root(leaves(size))).isEqualTo(Hash.fromHex(ROOTS.get(size)));
    }
  }

  @Test
  void leadsFromEveryLeafToTheRoot() {
    for (int size = 1; size <= 40; size++) {
      List<Hash> leaves = leaves(size);
      Hash root = HashTree.root(leaves);
      for (int i = 0; i < size; i++) {
        List<Hash> path = HashTree.path(leaves, i);
        assertThat(HashTree.rootFrom(leaves.get(i), i, size, path)).contains(root);
      }
    }
  }

  @Test
  void leadsNowhereFromAnotherPlaceOrWithAnotherPath() {
    for (int size = 2; size <= 20; size++) {
      List<Hash> leaves = leaves(size);
      Hash root = HashTree.root(leaves);
      for (int i = 0; i < size; i++) {
        List<Hash> path = HashTree.path(leaves, i);
        for (int other = -1; other <= size; other++) {
          if (other != i) {
            assertThat(HashTree.rootFrom(leaves.get(i), other, size, path))
                .isNotEqualTo(Optional.of(root));
          }
        }
        List<Hash> longer = new ArrayList<>(path);
        longer.add(Hash.ZERO);
        assertThat(HashTree.rootFrom(leaves.get(i), i, size, longer)).isEmpty();
        List<Hash> shorter = path.subList(0, path.size() - 1);
        assertThat(HashTree.rootFrom(leaves.get(i), i, size, shorter)).isEmpty();
      }
    }
  }

  private static List<Hash> leaves(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> i < LEAVES.size() ? LEAVES.get(i) : new CanonicalWriter().u32(i).toBytes())
        .map(HashTree::leaf)
        .toList();
  }
}
