package org.groundwork.networks.storage.ipld;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.protocol.Malformed;

/**
 * What is asked of the gateway (specs.ipfs.tech, "Trustless Gateway Specification").
 *
 * @param path names below the root
 * @param duplicates whether a block that occurs again comes again
 */
record GatewayRequest(
    Cid root,
    List<String> path,
    Format format,
    DagWalk.Scope scope,
    ByteWindow window,
    boolean duplicates) {
  static final String RAW_TYPE = "application/vnd.ipld.raw";
  static final String CAR_TYPE = "application/vnd.ipld.car";
  private static final int MAX_PATH = 8192;

  /** What the answer is to be. */
  enum Format {
    RAW,
    CAR,
    /** Something that this gateway does not give. */
    OTHER
  }

  GatewayRequest {
    path = List.copyOf(path);
  }

  /**
   * Reads a request.
   *
   * @param rawPath after {@code /ipfs/}, percent-encoded
   * @param query its parameters, decoded, the first of each
   * @param accept the header, or empty
   */
  static GatewayRequest parse(String rawPath, Map<String, String> query, String accept)
      throws Malformed {
    if (rawPath.length() > MAX_PATH) {
      throw new Malformed("a path of more than " + MAX_PATH + " characters");
    }
    List<String> names = new ArrayList<>();
    for (String part : rawPath.split("/", -1)) {
      if (!part.isEmpty()) {
        names.add(decode(part));
      }
    }
    if (names.isEmpty()) {
      throw new Malformed("a path without a CID");
    }
    Accepted accepted = accepted(accept);
    Format format =
        switch (query.getOrDefault("format", "")) {
          case "raw" -> Format.RAW;
          case "car" -> Format.CAR;
          case "" -> accepted.format();
          default -> Format.OTHER;
        };
    return new GatewayRequest(
        Cid.parse(names.getFirst()),
        names.subList(1, names.size()),
        checkCar(query.getOrDefault("car-version", accepted.parameter("version")), format),
        scope(query.getOrDefault("dag-scope", "all")),
        query.containsKey("entity-bytes")
            ? ByteWindow.parse(query.get("entity-bytes"))
            : ByteWindow.ALL,
        query.getOrDefault("car-dups", accepted.parameter("dups")).equals("y"));
  }

  /** CARs are of version 1 alone. */
  private static Format checkCar(String version, Format format) {
    return format != Format.CAR || version.isEmpty() || version.equals("1") ? format : Format.OTHER;
  }

  private static DagWalk.Scope scope(String text) throws Malformed {
    return switch (text) {
      case "block" -> DagWalk.Scope.BLOCK;
      case "entity" -> DagWalk.Scope.ENTITY;
      case "all" -> DagWalk.Scope.ALL;
      default -> throw new Malformed("dag-scope is block, entity or all, not " + text);
    };
  }

  private record Accepted(Format format, Map<String, String> parameters) {
    String parameter(String name) {
      return parameters.getOrDefault(name, "");
    }
  }

  private static Accepted accepted(String header) {
    for (String range : header.split(",", -1)) {
      String[] parts = range.strip().split(";", -1);
      String type = parts[0].strip().toLowerCase(Locale.ROOT);
      if (type.equals(RAW_TYPE) || type.equals(CAR_TYPE)) {
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
          String[] sides = parts[i].strip().split("=", 2);
          if (sides.length == 2) {
            parameters.put(sides[0].strip().toLowerCase(Locale.ROOT), sides[1].strip());
          }
        }
        return new Accepted(type.equals(RAW_TYPE) ? Format.RAW : Format.CAR, parameters);
      }
    }
    return new Accepted(Format.OTHER, Map.of());
  }

  /** Percent-decodes a part of a path. */
  static String decode(String part) throws Malformed {
    byte[] bytes = new byte[part.length()];
    int length = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '%') {
        if (i + 2 >= part.length()
            || !HexFormat.isHexDigit(part.charAt(i + 1))
            || !HexFormat.isHexDigit(part.charAt(i + 2))) {
          throw new Malformed("a path with a broken percent sign");
        }
        bytes[length++] = (byte) HexFormat.fromHexDigits(part, i + 1, i + 3);
        i += 2;
      } else if (c > 0x7f) {
        throw new Malformed("a path with a character that is not ASCII");
      } else {
        bytes[length++] = (byte) c;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("a path that is not UTF-8");
    }
  }
}
