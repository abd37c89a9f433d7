package org.groundwork.networks.storage.customer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.agent.DurableLog;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a snapshot of the gateway's metadata in the network itself: chunks and their directory are
 * objects like all others, encrypted, coded, paid and repaired; where the directory is stands in a
 * {@link org.groundwork.networks.storage.wire.MetadataRoot}, encrypted and signed, at every
 * provider that takes it. A new snapshot stores the chunks that changed.
 *
 * <p>The order: chunks, directory, root; only then are the deals of what it replaced ended. So one
 * whole snapshot can be had at every moment.
 */
final class MetadataVault implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataVault.class);

  private final ObjectStreams objects;
  private final Catalog catalog;
  private final Uploads uploads;
  private final RootKeeper roots;
  private final Shape shape;
  private final InstantSource clock;
  private final DurableLog log;

  /** Chunk to the id of its object, as the newest snapshot has them. */
  private Map<Hash, Hash> known = new HashMap<>();

  private List<Hash> order = new ArrayList<>();
  private Optional<Hash> directory = Optional.empty();

  /** Of the directory that the newest snapshot has. */
  private Hash written = Hash.ZERO;

  private long number;
  private long savedVersion = -1;

  MetadataVault(
      Path folder,
      ObjectStreams objects,
      Catalog catalog,
      Uploads uploads,
      RootKeeper roots,
      Shape shape,
      InstantSource clock)
      throws IOException {
    this.objects = objects;
    this.catalog = catalog;
    this.uploads = uploads;
    this.roots = roots;
    this.shape = shape;
    this.clock = clock;
    DurableLog.Opened opened = DurableLog.open(folder.resolve("snapshot.log"));
    log = opened.log();
    try {
      for (Bytes record : opened.records()) {
        restore(new CanonicalReader(record));
      }
    } catch (Malformed e) {
      throw new IOException("The list of metadata's snapshots in " + folder + " is damaged", e);
    }
  }

  /**
   * Takes a snapshot, if anything changed since the last one.
   *
   * @return whether there is a new one
   */
  synchronized boolean save(MetadataSource source) throws IOException, ObjectStoreException {
    long version = source.version();
    Map<Hash, Hash> before = known;
    if (version != savedVersion) {
      storeChunks(source);
    }
    if (order.isEmpty() && directory.isEmpty()) {
      return false;
    }
    Bytes encoded = directory().encode();
    Hash hash = Sha256.hash(encoded.unsafeArray());
    if (hash.equals(written)) {
      savedVersion = version;
      return false;
    }
    Hash next = store(encoded.unsafeArray());
    number = Math.max(number + 1, clock.instant().getEpochSecond());
    roots.leave(number, catalog.get(next).orElseThrow());
    Optional<Hash> old = directory;
    directory = Optional.of(next);
    written = hash;
    savedVersion = version;
    log.rewrite(List.of(record()));
    forget(before, old);
    return true;
  }

  /** What is new is held in memory until everything was looked at: nothing may change meanwhile. */
  private void storeChunks(MetadataSource source) throws IOException, ObjectStoreException {
    SequencedMap<Hash, byte[]> fresh = new LinkedHashMap<>();
    List<Hash> hashes = new ArrayList<>();
    MetadataChunks chunks =
        new MetadataChunks((hash, content) -> {
          hashes.add(hash);
          if (!known.containsKey(hash)) {
            fresh.put(hash, content);
          }
        });
    source.writeTo(chunks);
    chunks.finish();
    Map<Hash, Hash> there = new HashMap<>();
    for (Hash hash : hashes) {
      Hash stored = known.get(hash);
      if (stored != null) {
        there.put(hash, stored);
      }
    }
    for (Map.Entry<Hash, byte[]> chunk : fresh.entrySet()) {
      there.put(chunk.getKey(), store(chunk.getValue()));
    }
    known = there;
    order = hashes;
  }

  private Hash store(byte[] content) throws IOException, ObjectStoreException {
    return objects
        .write(
            new ByteArrayInputStream(content),
            content.length,
            shape,
            Optional.empty(),
            catalog::put)
        .id();
  }

  private MetadataDirectory directory() throws IOException {
    List<MetadataDirectory.Chunk> chunks = new ArrayList<>();
    for (Hash hash : order) {
      Hash id = known.get(hash);
      Optional<Manifest> manifest = id == null ? Optional.empty() : catalog.get(id);
      chunks.add(
          new MetadataDirectory.Chunk(
              hash,
              manifest.orElseThrow(() -> new IOException("a chunk of metadata has no manifest"))));
    }
    return new MetadataDirectory(chunks);
  }

  /** Ends the deals of what no snapshot needs. */
  private void forget(Map<Hash, Hash> before, Optional<Hash> oldDirectory) throws IOException {
    Set<Hash> needed = new TreeSet<>(known.values());
    directory.ifPresent(needed::add);
    Set<Hash> gone = new TreeSet<>(before.values());
    oldDirectory.ifPresent(gone::add);
    gone.addAll(catalog.ids());
    gone.removeAll(needed);
    for (Hash id : gone) {
      Optional<Manifest> manifest = catalog.get(id);
      if (manifest.isPresent()) {
        catalog.remove(id);
        uploads.release(manifest.get().pieces());
      }
    }
    LOG.debug("Snapshot {} of {} chunks, {} objects given up", number, order.size(), gone.size());
  }

  /** Reads the newest snapshot that can be had whole, and takes it for its own. */
  synchronized void restore(MetadataSource.Sink sink) throws IOException, ObjectStoreException {
    for (RootKeeper.Found found : roots.find()) {
      try {
        MetadataDirectory read = MetadataDirectory.decode(fetch(found.directory()));
        List<List<MetadataChunks.Entry>> all = new ArrayList<>();
        for (MetadataDirectory.Chunk chunk : read.chunks()) {
          all.add(MetadataChunks.decode(fetch(chunk.manifest())));
        }
        for (List<MetadataChunks.Entry> entries : all) {
          for (MetadataChunks.Entry entry : entries) {
            sink.entry(entry.space(), entry.key(), entry.value());
          }
        }
        adopt(found, read);
        return;
      } catch (ObjectStoreException | Malformed e) {
        LOG.warn("Snapshot {} cannot be read: {}", found.number(), e.getMessage());
      }
    }
    throw new IOException("no provider has a snapshot of this account's metadata that can be read");
  }

  private void adopt(RootKeeper.Found found, MetadataDirectory read) throws IOException {
    for (MetadataDirectory.Chunk chunk : read.chunks()) {
      catalog.put(chunk.manifest());
      known.put(chunk.hash(), chunk.manifest().id());
      order.add(chunk.hash());
    }
    catalog.put(found.directory());
    directory = Optional.of(found.directory().id());
    number = found.number();
    written = Sha256.hash(read.encode().unsafeArray());
    log.rewrite(List.of(record()));
  }

  private Bytes fetch(Manifest manifest) throws IOException, ObjectStoreException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    objects.read(manifest, 0, manifest.length(), out);
    return Bytes.wrap(out.toByteArray());
  }

  private Bytes record() {
    CanonicalWriter out =
        new CanonicalWriter().u8(1).u64(number).hash(directory.orElse(Hash.ZERO)).hash(written);
    out.u32(order.size());
    order.forEach(hash -> out.hash(hash).hash(known.getOrDefault(hash, Hash.ZERO)));
    return out.toBytes();
  }

  private void restore(CanonicalReader in) throws Malformed {
    if (in.u8() != 1) {
      throw new Malformed("unknown version of a snapshot's record");
    }
    number = in.count();
    directory = Optional.of(in.hash());
    written = in.hash();
    long count = in.u32();
    for (long i = 0; i < count; i++) {
      Hash hash = in.hash();
      known.put(hash, in.hash());
      order.add(hash);
    }
    in.end();
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }
}
