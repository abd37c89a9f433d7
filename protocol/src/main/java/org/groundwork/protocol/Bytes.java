package org.groundwork.protocol;

import java.util.Arrays;
import java.util.HexFormat;

/** Immutable bytes, ordered as unsigned numbers from the first byte on. */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  public static Bytes of(byte... content) {
    return new Bytes(content.clone());
  }

  /** Takes the array as its own: the caller must not change it afterwards. */
  public static Bytes wrap(byte[] content) {
    return new Bytes(content);
  }

  /**
   * Reads hexadecimal text with or without {@code 0x}.
   *
   * @throws IllegalArgumentException if the text is not hexadecimal
   */
  public static Bytes fromHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
  }

  public int size() {
    return content.length;
  }

  public boolean isEmpty() {
    return content.length == 0;
  }

  public byte get(int index) {
    return content[index];
  }

  public byte[] toArray() {
    return content.clone();
  }

  /** The bytes themselves, for readers that are trusted not to write. */
  public byte[] unsafeArray() {
    return content;
  }

  public Bytes slice(int from, int to) {
    return new Bytes(Arrays.copyOfRange(content, from, to));
  }

  /** Lower-case hexadecimal digits after {@code 0x}. */
  public String toHex() {
    return "0x" + HexFormat.of().formatHex(content);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
