package org.groundwork.protocol.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * Argon2d with one lane (RFC 9106, version 0x13), with its memory: after the last pass each block
 * depends on the blocks before it and, through them, on the whole memory of the pass before.
 * Libraries give only the tag, which is made from the last block alone.
 *
 * <p>Nothing here is secret, so that the data-dependent variant does no harm. For one thread at a
 * time; the memory is used again.
 */
public final class Argon2d {
  public static final int BLOCK_BYTES = 1024;

  private static final int WORDS = BLOCK_BYTES / Long.BYTES;
  private static final int SLICES = 4;
  private static final int VERSION = 0x13;
  private static final int SEED_BYTES = 64;
  private static final long LOW = 0xFFFF_FFFFL;

  private final int blocks;
  private final int passes;
  private final long[] memory;
  private final long[] row = new long[WORDS];
  private final long[] mixed = new long[WORDS];
  private final long[] words = new long[16];

  /**
   * @param blocks of a KiB; a multiple of four, 8 at least
   * @param passes 1 at least
   */
  public Argon2d(int blocks, int passes) {
    if (blocks < 2 * SLICES || blocks % SLICES != 0 || passes < 1) {
      throw new IllegalArgumentException(blocks + " blocks, " + passes + " passes");
    }
    this.blocks = blocks;
    this.passes = passes;
    memory = new long[blocks * WORDS];
  }

  /** Fills the memory. */
  public Argon2d fill(byte[] password, byte[] salt, int tagBytes) {
    byte[] seed = Arrays.copyOf(seed(password, salt, tagBytes), SEED_BYTES + 2 * Integer.BYTES);
    for (int first = 0; first < 2; first++) {
      putInt(seed, SEED_BYTES, first);
      byte[] block = hash(seed, BLOCK_BYTES);
      for (int i = 0; i < WORDS; i++) {
        memory[first * WORDS + i] = LittleEndian.word(block, i * Long.BYTES);
      }
    }
    for (int pass = 0; pass < passes; pass++) {
      for (int slice = 0; slice < SLICES; slice++) {
        segment(pass, slice);
      }
    }
    return this;
  }

  /** Argon2's result for what was filled in. */
  public byte[] tag(int tagBytes) {
    byte[] last = new byte[BLOCK_BYTES];
    write(blocks - 1, last, 0, BLOCK_BYTES);
    return hash(last, tagBytes);
  }

  /** Copies the first bytes of the memory. */
  public void read(byte[] into) {
    if (into.length > blocks * BLOCK_BYTES) {
      throw new IllegalArgumentException("the memory has fewer bytes than " + into.length);
    }
    for (int at = 0; at < into.length; at += BLOCK_BYTES) {
      write(at / BLOCK_BYTES, into, at, Math.min(BLOCK_BYTES, into.length - at));
    }
  }

  private void write(int block, byte[] into, int at, int length) {
    for (int i = 0; i < length; i++) {
      long word = memory[block * WORDS + i / Long.BYTES];
      into[at + i] = (byte) (word >>> (Byte.SIZE * (i % Long.BYTES)));
    }
  }

  private byte[] seed(byte[] password, byte[] salt, int tagBytes) {
    Blake2bDigest digest = new Blake2bDigest(SEED_BYTES * Byte.SIZE);
    int argon2d = 0;
    for (int word : new int[] {1, tagBytes, blocks, passes, VERSION, argon2d}) {
      update(digest, word);
    }
    for (byte[] part : new byte[][] {password, salt, {}, {}}) {
      update(digest, part.length);
      digest.update(part, 0, part.length);
    }
    byte[] seed = new byte[SEED_BYTES];
    digest.doFinal(seed, 0);
    return seed;
  }

  private static void update(Blake2bDigest digest, int word) {
    byte[] bytes = new byte[Integer.BYTES];
    putInt(bytes, 0, word);
    digest.update(bytes, 0, bytes.length);
  }

  private static void putInt(byte[] into, int at, int word) {
    for (int i = 0; i < Integer.BYTES; i++) {
      into[at + i] = (byte) (word >>> (Byte.SIZE * i));
    }
  }

  /** The variable-length hash H' of RFC 9106, section 3.3. */
  private static byte[] hash(byte[] input, int length) {
    byte[] out = new byte[length];
    Blake2bDigest digest = new Blake2bDigest(Math.min(length, SEED_BYTES) * Byte.SIZE);
    update(digest, length);
    digest.update(input, 0, input.length);
    if (length <= SEED_BYTES) {
      digest.doFinal(out, 0);
      return out;
    }
    byte[] value = new byte[SEED_BYTES];
    digest.doFinal(value, 0);
    int at = 0;
    System.arraycopy(value, 0, out, at, SEED_BYTES / 2);
    at += SEED_BYTES / 2;
    while (length - at > SEED_BYTES) {
      digest.reset();
      digest.update(value, 0, value.length);
      digest.doFinal(value, 0);
      System.arraycopy(value, 0, out, at, SEED_BYTES / 2);
      at += SEED_BYTES / 2;
    }
    Blake2bDigest last = new Blake2bDigest((length - at) * Byte.SIZE);
    last.update(value, 0, value.length);
    last.doFinal(out, at);
    return out;
  }

  private void segment(int pass, int slice) {
    int length = blocks / SLICES;
    for (int index = pass == 0 && slice == 0 ? 2 : 0; index < length; index++) {
      int current = slice * length + index;
      int previous = current == 0 ? blocks - 1 : current - 1;
      int area = pass == 0 ? current - 1 : blocks - length + index - 1;
      int start = pass == 0 || slice == SLICES - 1 ? 0 : (slice + 1) * length;
      long drawn = memory[previous * WORDS] & LOW;
      long back = (area * ((drawn * drawn) >>> 32)) >>> 32;
      int reference = (int) ((start + area - 1 - back) % blocks);
      compress(previous * WORDS, reference * WORDS, current * WORDS, pass > 0);
    }
  }

  /** The compression function G; later passes add to what is there. */
  private void compress(int previous, int reference, int current, boolean add) {
    for (int i = 0; i < WORDS; i++) {
      long word = memory[previous + i] ^ memory[reference + i];
      row[i] = word;
      mixed[i] = word;
    }
    for (int i = 0; i < 8; i++) {
      permute(16 * i, 2);
    }
    for (int i = 0; i < 8; i++) {
      permute(2 * i, 16);
    }
    for (int i = 0; i < WORDS; i++) {
      long word = row[i] ^ mixed[i];
      memory[current + i] = add ? memory[current + i] ^ word : word;
    }
  }

  /** One round of BLAKE2b with multiplications, over eight pairs of words. */
  private void permute(int from, int pair) {
    for (int i = 0; i < 8; i++) {
      words[2 * i] = mixed[from + i * pair];
      words[2 * i + 1] = mixed[from + i * pair + 1];
    }
    mix(words, 0, 4, 8, 12);
    mix(words, 1, 5, 9, 13);
    mix(words, 2, 6, 10, 14);
    mix(words, 3, 7, 11, 15);
    mix(words, 0, 5, 10, 15);
    mix(words, 1, 6, 11, 12);
    mix(words, 2, 7, 8, 13);
    mix(words, 3, 4, 9, 14);
    for (int i = 0; i < 8; i++) {
      mixed[from + i * pair] = words[2 * i];
      mixed[from + i * pair + 1] = words[2 * i + 1];
    }
  }

  private static void mix(long[] v, int ia, int ib, int ic, int id) {
    long a = v[ia];
    long b = v[ib];
    long c = v[ic];
    long d = v[id];
    a = multiplyAdd(a, b);
    d = Long.rotateRight(d ^ a, 32);
    c = multiplyAdd(c, d);
    b = Long.rotateRight(b ^ c, 24);
    a = multiplyAdd(a, b);
    d = Long.rotateRight(d ^ a, 16);
    c = multiplyAdd(c, d);
    b = Long.rotateRight(b ^ c, 63);
    v[ia] = a;
    v[ib] = b;
    v[ic] = c;
    v[id] = d;
  }

  private static long multiplyAdd(long x, long y) {
    return x + y + 2 * (x & LOW) * (y & LOW);
  }
}
