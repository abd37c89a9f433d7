package org.groundwork.node.explorer.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/**
 * Reads a published file line by line: results of a million devices are too large to be held as
 * trees. Lenient about members that it does not know, strict about those that it needs.
 *
 * @param <T> a line
 */
abstract class EpochReader<T> implements AutoCloseable {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_DIGITS = 78;

  /** An account's and a hash's text is longer than any code. */
  private static final int MAX_TEXT = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final JsonParser parser;
  private boolean begun;

  EpochReader(Bytes file) throws Malformed {
    try {
      parser = JSON.createParser(file.unsafeArray());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Takes one member of a line. */
  abstract void member(String name) throws IOException, Malformed;

  /** What the members since the last call are. */
  abstract T line() throws Malformed;

  /** Where the array of lines begins; the file itself if nothing is said. */
  void begin() throws IOException, Malformed {
    expect(parser.nextToken() == JsonToken.START_ARRAY, "no array");
  }

  /** The next line; empty after the last. */
  Optional<T> next() throws Malformed {
    try {
      if (!begun) {
        begin();
        begun = true;
      }
      JsonToken token = parser.nextToken();
      if (token == JsonToken.END_ARRAY) {
        return Optional.empty();
      }
      expect(token == JsonToken.START_OBJECT, "no object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        member(name);
      }
      expect(parser.currentToken() == JsonToken.END_OBJECT, "an object that does not end");
      return Optional.of(line());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  List<T> all() throws Malformed {
    List<T> lines = new ArrayList<>();
    for (Optional<T> line = next(); line.isPresent(); line = next()) {
      lines.add(line.get());
    }
    return lines;
  }

  JsonParser parser() {
    return parser;
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  String text() throws IOException, Malformed {
    expect(parser.currentToken() == JsonToken.VALUE_STRING, "no text");
    String text = parser.getText();
    expect(text.length() <= MAX_TEXT, "a text that is too long");
    return text;
  }

  BigInteger amount() throws IOException, Malformed {
    expect(parser.currentToken() == JsonToken.VALUE_STRING, "no amount");
    char[] text = parser.getTextCharacters();
    int from = parser.getTextOffset();
    int length = parser.getTextLength();
    expect(length > 0 && length <= MAX_DIGITS, "no amount");
    boolean small = length <= 18;
    long value = 0;
    for (int i = from; i < from + length; i++) {
      expect(text[i] >= '0' && text[i] <= '9', "no amount");
      value = value * 10 + (text[i] - '0');
    }
    return small ? BigInteger.valueOf(value) : new BigInteger(new String(text, from, length));
  }

  /** A number that stands as text, such as a device's. */
  long number() throws IOException, Malformed {
    BigInteger amount = amount();
    expect(amount.bitLength() < Long.SIZE, "a number that is too large");
    return amount.longValue();
  }

  long count() throws IOException, Malformed {
    expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "no count");
    try {
      long count = parser.getLongValue();
      expect(count >= 0, "a count below zero");
      return count;
    } catch (InputCoercionException e) {
      throw unreadable(e);
    }
  }

  int network() throws IOException, Malformed {
    long network = count();
    expect(network <= Integer.MAX_VALUE, "no network");
    return (int) network;
  }

  static void expect(boolean condition, String otherwise) throws Malformed {
    if (!condition) {
      throw new Malformed(otherwise);
    }
  }

  private static Malformed unreadable(IOException e) {
    return new Malformed("not a file of a result: " + e.getClass().getSimpleName());
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new IllegalStateException("an array can be closed", e);
    }
  }
}
