package org.groundwork.settlement.abi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.settlement.abi.AbiType.Field;
import org.groundwork.settlement.abi.AbiType.Tuple;

/**
 * A name with its parameters and results, read from text such as {@code claim(address account,
 * bytes32[] proof) returns (uint256 amount)}. A struct is written as its members in parentheses.
 */
record Signature(String name, Tuple inputs, Tuple outputs) {
  private static final int SELECTOR_BYTES = 4;

  static Signature parse(String text) {
    return new Parser(text).signature();
  }

  String canonical() {
    return name + inputs.canonical();
  }

  Hash topic() {
    return Keccak256.hash(canonical().getBytes(StandardCharsets.US_ASCII));
  }

  Bytes selector() {
    return topic().bytes().slice(0, SELECTOR_BYTES);
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    Signature signature() {
      String name = word();
      Tuple inputs = tuple();
      skipSpace();
      Tuple outputs = new Tuple(List.of());
      if (text.startsWith("returns", at)) {
        at += "returns".length();
        skipSpace();
        outputs = tuple();
      }
      if (at != text.length()) {
        throw malformed();
      }
      return new Signature(name, inputs, outputs);
    }

    private Tuple tuple() {
      expect('(');
      List<Field> fields = new ArrayList<>();
      skipSpace();
      while (peek() != ')') {
        if (!fields.isEmpty()) {
          expect(',');
        }
        fields.add(field());
        skipSpace();
      }
      expect(')');
      return new Tuple(fields);
    }

    private Field field() {
      skipSpace();
      AbiType type = peek() == '(' ? tuple() : elementary(word());
      while (peek() == '[') {
        expect('[');
        expect(']');
        type = new AbiType.ArrayOf(type);
      }
      skipSpace();
      String name = word();
      boolean indexed = name.equals("indexed");
      if (indexed) {
        skipSpace();
        name = word();
      }
      return new Field(name, type, indexed);
    }

    private AbiType elementary(String name) {
      return switch (name) {
        case "address" -> new AbiType.Address();
        case "bool" -> new AbiType.Bool();
        case "bytes" -> new AbiType.DynamicBytes();
        case "string" -> new AbiType.Text();
        default -> sized(name);
      };
    }

    private AbiType sized(String name) {
      int digits = name.length();
      while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
        digits--;
      }
      int size = digits == name.length() ? 0 : Integer.parseInt(name.substring(digits));
      String kind = name.substring(0, digits);
      boolean wholeBytes = size >= 8 && size <= 256 && size % 8 == 0;
      if (kind.equals("uint") && wholeBytes) {
        return new AbiType.Uint(size);
      }
      if (kind.equals("int") && wholeBytes) {
        return new AbiType.Int(size);
      }
      if (kind.equals("bytes") && size >= 1 && size <= AbiType.WORD) {
        return new AbiType.FixedBytes(size);
      }
      throw malformed();
    }

    private String word() {
      int start = at;
      while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : 0;
    }

    private void expect(char character) {
      if (peek() != character) {
        throw malformed();
      }
      at++;
    }

    private void skipSpace() {
      while (peek() == ' ') {
        at++;
      }
    }

    private IllegalArgumentException malformed() {
      return new IllegalArgumentException("not a signature at position " + at + ": " + text);
    }
  }
}
