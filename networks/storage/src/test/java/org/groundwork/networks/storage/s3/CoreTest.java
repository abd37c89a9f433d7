package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The 245 behaviours that form the core of what S3 clients rely on, each under the name that
 * ceph/s3-tests (MIT licence, commit 8f0ae7b) gives it. The names are theirs, the tests are ours.
 */
class CoreTest {
  @TempDir static Path directory;
  private static Endpoint endpoint;

  private static SortedMap<String, Behaviours.Check> behaviours() {
    var all = new Behaviours();
    CoreListing.addTo(all);
    CorePaging.addTo(all);
    CoreBuckets.addTo(all);
    CoreObjects.addTo(all);
    CoreConditions.addTo(all);
    CoreSigning.addTo(all);
    CoreHeaders.addTo(all);
    CoreCopies.addTo(all);
    CoreMultipart.addTo(all);
    CoreAttributes.addTo(all);
    return all.all();
  }

  @BeforeAll
  static void start() throws IOException {
    endpoint = new Endpoint(directory);
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @TestFactory
  Stream<DynamicTest> everyBehaviour() {
    return behaviours().entrySet().stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.getKey(), () -> each.getValue().run(Talk.first(endpoint.server.port()))));
  }

  @Test
  void noNameIsLeftOut() throws IOException {
    List<String> names;
    try (InputStream in =
        Objects.requireNonNull(CoreTest.class.getResourceAsStream("core-names.txt"))) {
      names =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
    }
    assertThat(names).hasSize(245).doesNotHaveDuplicates();
    assertThat(behaviours().keySet()).isEqualTo(new TreeSet<>(names));
  }
}
