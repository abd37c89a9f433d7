package org.groundwork.engine.carry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.store.HashStore;
import org.groundwork.engine.store.Store;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/**
 * Carry snapshots by their roots, in a folder for each epoch that they follow. What {@link #put}
 * returned from is durable. Each is checked against its root whenever it is read; a damaged one is
 * gone.
 */
public final class CarryStore {
  private final HashStore carries;

  public CarryStore(Store store) throws IOException {
    carries = new HashStore(store, ".carry");
  }

  /** Keeps the carry after an epoch, which may be that after an earlier one, too. */
  public void put(EpochNumber after, CarrySnapshot carry) throws IOException {
    Hash root = carry.root();
    if (!carries.hasSince(after, root)) {
      carries.put(after, root, encode(carry));
    }
  }

  public Optional<CarrySnapshot> get(Hash root) throws IOException {
    return root.equals(CarrySnapshot.EMPTY.root())
        ? Optional.of(CarrySnapshot.EMPTY)
        : carries.get(root, content -> decode(root, content));
  }

  /** The bytes to send; whoever gets them checks them. */
  public Optional<Bytes> encoded(Hash root) throws IOException {
    return carries.unchecked(root);
  }

  public boolean has(Hash root) {
    return carries.has(root) || root.equals(CarrySnapshot.EMPTY.root());
  }

  /** The roots of the snapshots after epochs before this one, ascending. */
  public List<Hash> listBefore(EpochNumber epoch) {
    return carries.listBefore(epoch);
  }

  public void delete(Hash root) throws IOException {
    carries.delete(root);
  }

  /** The roots of all snapshots kept here, ascending. */
  public List<Hash> list() {
    return carries.list();
  }

  /** A snapshot as a file. */
  public static Bytes encode(CarrySnapshot carry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      CarryFile.write(carry, out);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
    return Bytes.wrap(out.toByteArray());
  }

  public static CarrySnapshot decode(Bytes file) throws Malformed {
    try {
      return CarryFile.read(new ByteArrayInputStream(file.unsafeArray()));
    } catch (IOException e) {
      throw new IllegalStateException("memory can be read", e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws Malformed if it is not one, or not the one with this root
   */
  public static CarrySnapshot decode(Hash expected, Bytes file) throws Malformed {
    CarrySnapshot carry = decode(file);
    Hash root = carry.root();
    if (!root.equals(expected)) {
      throw new Malformed("carry " + root + " instead of " + expected);
    }
    return carry;
  }
}
