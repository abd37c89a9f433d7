package org.groundwork.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.settlement.local.FreePort;

/** The ports of a network's parts: found free once, then kept, because the chain names them. */
public final class Ports {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, Integer> ports = new TreeMap<>();

  public Ports(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      JSON.readTree(Files.readAllBytes(file))
          .properties()
          .forEach(entry -> ports.put(entry.getKey(), entry.getValue().asInt()));
    }
  }

  /** Ports that somebody chose; those of other parts stay. */
  public void fix(Map<String, Integer> chosen) throws IOException {
    if (!ports.entrySet().containsAll(chosen.entrySet())) {
      ports.putAll(chosen);
      write();
    }
  }

  /** The port of a part; a free one, the first time. */
  public int of(String part) throws IOException {
    Integer known = ports.get(part);
    if (known == null) {
      known = FreePort.find();
      while (ports.containsValue(known)) {
        known = FreePort.find();
      }
      ports.put(part, known);
      write();
    }
    return known;
  }

  private void write() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(ports));
  }
}
