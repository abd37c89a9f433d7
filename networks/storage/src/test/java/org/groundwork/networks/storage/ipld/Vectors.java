package org.groundwork.networks.storage.ipld;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.networks.storage.wire.Payloads;

/** The reference vectors beside this class. */
final class Vectors {
  private static final Pattern CTR = Pattern.compile("ctr\\(\"(.*)\",([0-9]+)\\)");

  private Vectors() {}

  static byte[] file(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }

  static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(file(name));
  }

  /** Quoted text, or counters under a seed. */
  static byte[] payload(String text) throws IOException {
    Matcher ctr = CTR.matcher(text);
    if (ctr.matches()) {
      return Payloads.ctr(ctr.group(1), Integer.parseInt(ctr.group(2)));
    }
    return new ObjectMapper().readTree(text).textValue().getBytes(StandardCharsets.UTF_8);
  }
}
