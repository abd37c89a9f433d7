package org.groundwork.settlement.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.groundwork.protocol.Bytes;

/** A compiled contract, as the Solidity build committed it. */
public final class Artifact {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "/org/groundwork/settlement/artifacts/";

  private record Range(int start, int length) {}

  private final String name;
  private final JsonNode abi;
  private final Bytes creation;
  private final Bytes runtime;
  private final List<Range> immutables;

  private Artifact(String name, JsonNode json) {
    this.name = name;
    abi = json.required("abi");
    creation = Bytes.fromHex(json.required("bytecode").asText());
    runtime = Bytes.fromHex(json.required("deployedBytecode").asText());
    List<Range> ranges = new ArrayList<>();
    for (JsonNode range : json.required("immutableReferences")) {
      ranges.add(new Range(range.required("start").asInt(), range.required("length").asInt()));
    }
    immutables = List.copyOf(ranges);
  }

  /** Reads the artifact of a contract of this program's version. */
  public static Artifact of(String contract) {
    try (InputStream in = Artifact.class.getResourceAsStream(FOLDER + contract + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("no contract " + contract);
      }
      return new Artifact(contract, JSON.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return name;
  }

  public JsonNode abi() {
    return abi;
  }

  /** The code that creates the contract, before its constructor's arguments. */
  public Bytes creation() {
    return creation;
  }

  /** Whether deployed code is this contract's, whatever its immutables are. */
  public boolean isCode(Bytes code) {
    return code.size() == runtime.size() && Arrays.equals(masked(code), masked(runtime));
  }

  private byte[] masked(Bytes code) {
    byte[] masked = code.toArray();
    for (Range range : immutables) {
      Arrays.fill(masked, range.start(), range.start() + range.length(), (byte) 0);
    }
    return masked;
  }
}
