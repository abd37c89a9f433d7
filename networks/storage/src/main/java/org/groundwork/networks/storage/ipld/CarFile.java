package org.groundwork.networks.storage.ipld;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A CAR on disk, verified once, whose blocks can then be had in any order. */
public final class CarFile implements BlockSource, AutoCloseable {
  /** An entry takes about 200 bytes of memory. */
  private static final int MAX_BLOCKS = 4 << 20;

  private record Place(long offset, int length) {}

  private final FileChannel file;
  private final List<Cid> roots;
  private final SortedMap<Multihash, Place> places = new TreeMap<>();

  /**
   * Reads and verifies all of it.
   *
   * @throws CarException if it is damaged or has more than four million blocks
   */
  public CarFile(Path path) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 20)) {
      CarReader reader = new CarReader(in);
      roots = reader.header().roots();
      for (Optional<CarReader.Block> block = reader.next();
          block.isPresent();
          block = reader.next()) {
        if (places.size() == MAX_BLOCKS) {
          throw new CarException("the file has more than " + MAX_BLOCKS + " blocks");
        }
        CarReader.Block found = block.get();
        places.put(found.cid().hash(), new Place(found.offset(), found.content().size()));
      }
    }
    file = FileChannel.open(path, StandardOpenOption.READ);
  }

  public List<Cid> roots() {
    return roots;
  }

  public int blocks() {
    return places.size();
  }

  @Override
  public Optional<byte[]> get(Cid cid) throws IOException {
    if (cid.hash().code() == Multihash.IDENTITY) {
      return Optional.of(cid.hash().digest().toArray());
    }
    Place place = places.get(cid.hash());
    if (place == null) {
      return Optional.empty();
    }
    ByteBuffer block = ByteBuffer.allocate(place.length());
    while (block.hasRemaining()) {
      if (file.read(block, place.offset() + block.position()) < 0) {
        throw new EOFException("the CAR became shorter");
      }
    }
    if (!cid.matches(block.array())) {
      throw new CarException("the block " + cid + " changed on the disk");
    }
    return Optional.of(block.array());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
