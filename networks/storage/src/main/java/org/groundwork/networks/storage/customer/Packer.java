package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.networks.storage.wire.Packing;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Device;

/**
 * Packs pieces for the devices that get them and unpacks what comes back. Each chunk is a task for
 * a fixed pool of platform threads, and takes 2 MiB while it runs.
 */
record Packer(
    DeploymentId deployment, NetworkId network, ExecutorService cores, Commitments commitments) {
  /** What one device gets of a piece. */
  record Copy(PieceCommitment commitment, Bytes content, Optional<PieceRecord.Packed> packed) {}

  /** The piece itself, or packed for the device if that is wanted. */
  Copy copy(Uploads.Piece piece, Device device) throws IOException {
    if (piece.packing().isEmpty()) {
      return new Copy(piece.commitment(), piece.content(), Optional.empty());
    }
    var how =
        new PieceRecord.Packed(
            piece.commitment(), device.key().hash(), piece.packing().orElseThrow());
    byte[] content = piece.content().toArray();
    run(tasks(device.id(), how, content));
    return new Copy(commitments.of(content), Bytes.wrap(content), Optional.of(how));
  }

  /** The shards of a stripe, of the pieces that came by their numbers. */
  NavigableMap<Integer, byte[]> unpack(StripeRecord stripe, NavigableMap<Integer, byte[]> came)
      throws IOException {
    NavigableMap<Integer, byte[]> shards = new TreeMap<>(came);
    List<Callable<Object>> tasks = new ArrayList<>();
    for (PieceRecord piece : stripe.pieces()) {
      byte[] content = came.get(piece.number());
      if (content != null && piece.packed().isPresent()) {
        byte[] copy = content.clone();
        shards.put(piece.number(), copy);
        tasks.addAll(tasks(piece.device(), piece.packed().get(), copy));
      }
    }
    run(tasks);
    return shards;
  }

  private List<Callable<Object>> tasks(DeviceId device, PieceRecord.Packed how, byte[] content) {
    List<Callable<Object>> tasks = new ArrayList<>();
    for (int chunk = 0; (long) chunk * Packing.CHUNK_BYTES < content.length; chunk++) {
      int each = chunk;
      tasks.add(
          Executors.callable(() ->
              new Packing(deployment, network, device, how.key(), how.passes())
                  .applyChunk(how.plain(), each, content)));
    }
    return tasks;
  }

  private void run(List<Callable<Object>> tasks) throws IOException {
    try {
      for (Future<Object> task : cores.invokeAll(tasks)) {
        Futures.await(task);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
