package org.groundwork.testkit;

import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/** {@code ISlashing.GatewayPromise}. */
public record GatewayPromise(
    long slot, Hash report, long index, long size, List<Hash> path, Bytes signature) {
  public GatewayPromise {
    path = List.copyOf(path);
  }
}
