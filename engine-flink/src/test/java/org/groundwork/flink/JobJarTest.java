package org.groundwork.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;

class JobJarTest {
  @Test
  void isTheSameWheneverItIsMade() throws IOException {
    assertThat(JobJar.of(List.of(new CounterNetwork())))
        .isEqualTo(JobJar.of(List.of(new CounterNetwork())));
  }

  @Test
  void bringsTheNetworksThatJudgeAndNoFlink() throws IOException {
    List<String> names = new ArrayList<>();
    String service = "";
    try (ZipInputStream zip = open(JobJar.of(List.of(new CounterNetwork())).content())) {
      for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
        byte[] content = zip.readAllBytes();
        if (next.getName().startsWith("lib/")) {
          names.addAll(names(Bytes.wrap(content)));
        } else {
          service = next.getName() + " " + new String(content, StandardCharsets.UTF_8);
        }
      }
    }
    assertThat(service)
        .isEqualTo(
            "META-INF/services/org.groundwork.rules.ResourceNetwork "
                + CounterNetwork.class.getName()
                + "\n");
    assertThat(names)
        .contains(
            "org/groundwork/networks/counter/rules/CounterNetwork.class",
            "org/groundwork/flink/EpochJob.class",
            "org/groundwork/engine/steps/EpochSteps.class",
            "org/groundwork/rules/Rules.class",
            "org/groundwork/protocol/Bytes.class",
            "org/bouncycastle/crypto/digests/KeccakDigest.class",
            "com/amazon/corretto/crypto/provider/AmazonCorrettoCryptoProvider.class")
        .noneMatch(name -> name.startsWith("org/apache/flink"));
  }

  private static List<String> names(Bytes jar) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = open(jar)) {
      for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
        names.add(next.getName());
      }
    }
    return names;
  }

  private static ZipInputStream open(Bytes jar) {
    return new ZipInputStream(new ByteArrayInputStream(jar.unsafeArray()));
  }
}
