package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Where the bytes behind S3 objects are kept. It knows no names: buckets and keys are the matter of
 * {@link Buckets}. Safe for use by many threads at once.
 */
public interface ObjectStore {
  /** For {@link #put}: the stream's end tells the length. */
  long UNKNOWN_LENGTH = -1;

  /**
   * Stores a stream up to its end and returns when the bytes are durable: whatever loss the store
   * promises to survive may happen right after.
   *
   * <p>The stream checks what passes through it (signature, digest, length) and throws at its end
   * if they are wrong. Whatever it throws must reach the caller as it is, and nothing may be kept.
   * So the store reads until the stream says that it ended, also when it already has all bytes that
   * {@code length} announced.
   *
   * @param data the bytes; not closed here
   * @param length how many bytes will come, or {@link #UNKNOWN_LENGTH}
   * @throws ObjectStoreException if the bytes cannot be stored now; nothing is kept
   * @throws IOException what the stream threw; nothing is kept
   */
  Stored put(InputStream data, long length) throws IOException, ObjectStoreException;

  /**
   * The same, kept as a bucket asks for it; a store that does not code its bytes takes no notice.
   */
  default Stored put(InputStream data, long length, Coding coding)
      throws IOException, ObjectStoreException {
    return put(data, length);
  }

  /**
   * Writes the bytes from {@code offset} on to {@code out}, verified. As far as possible a failure
   * is found before the first byte is written: after it, the client can only be cut off.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= offset, 0 <= length, offset + length <=
   *     stored.length()}
   * @throws ObjectStoreException if the bytes cannot be had now
   * @throws IOException what {@code out} threw
   */
  void read(Stored stored, long offset, long length, OutputStream out)
      throws IOException, ObjectStoreException;

  /**
   * Gives the bytes up. Repeating it does no harm and is how an interrupted one is finished: the
   * caller repeats until it returns.
   *
   * @throws ObjectStoreException if it must be tried again later
   */
  void delete(Stored stored) throws IOException, ObjectStoreException;
}
