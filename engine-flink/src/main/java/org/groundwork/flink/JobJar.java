package org.groundwork.flink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.groundwork.engine.Runner;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;

/**
 * The program that a cluster runs: this program's own jars, and those of the networks whose rules
 * judge, in the folder {@code lib} of one jar, where Flink looks for them. So the cluster runs the
 * verifier's very rules, and nothing has to be installed there.
 *
 * @param name tells by the content's hash whether the cluster has it already
 */
record JobJar(String name, Bytes content) {
  private static final String SERVICE = "META-INF/services/" + ResourceNetwork.class.getName();

  /**
   * Of {@code protocol}'s package of cryptography, which alone names them; the first is optional.
   */
  private static final List<String> LIBRARIES =
      List.of(
          "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider",
          "org.bouncycastle.crypto.digests.KeccakDigest");

  static JobJar of(Collection<? extends ResourceNetwork> networks) throws IOException {
    Set<Class<?>> classes =
        new LinkedHashSet<>(List.of(Bytes.class, Rules.class, Runner.class, EpochJob.class));
    LIBRARIES.forEach(library -> find(library).ifPresent(classes::add));
    networks.forEach(network -> classes.add(network.getClass()));
    SortedMap<String, byte[]> entries = new TreeMap<>();
    for (Path source : sources(classes)) {
      byte[] jar = Files.isDirectory(source) ? zip(files(source)) : Files.readAllBytes(source);
      entries.put("lib/" + Sha256.hash(jar).toHex().substring(2, 18) + ".jar", jar);
    }
    String services =
        networks.stream()
            .map(network -> network.getClass().getName() + "\n")
            .sorted()
            .collect(Collectors.joining());
    entries.put(SERVICE, services.getBytes(StandardCharsets.UTF_8));
    byte[] content = zip(entries);
    String hash = Sha256.hash(content).toHex().substring(2, 18);
    return new JobJar("groundwork-" + hash + ".jar", Bytes.wrap(content));
  }

  private static Optional<Class<?>> find(String name) {
    try {
      return Optional.of(Class.forName(name, false, JobJar.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The jars, or folders of classes, from which these were loaded. */
  private static Set<Path> sources(Set<Class<?>> classes) throws IOException {
    Set<Path> sources = new LinkedHashSet<>();
    for (Class<?> type : classes) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      try {
        sources.add(Path.of(source.getLocation().toURI()));
      } catch (URISyntaxException e) {
        throw new IOException("where " + type + " comes from: " + source.getLocation(), e);
      }
    }
    return sources;
  }

  private static SortedMap<String, byte[]> files(Path folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        files.put(name, Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** The same bytes for the same entries, whenever it is made. */
  private static byte[] zip(SortedMap<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTime(0);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
