package org.groundwork.testkit.network;

import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Device;
import org.groundwork.rules.EpochFacts;

/**
 * Epochs of a network, one after the other; the first begins without carry.
 *
 * @param version of the rules that it is a golden sample of. What was added with a version never
 *     changes: a new version brings samples of its own.
 * @param name of its file of outcomes
 * @param parameters of the network
 */
public record Sample(int version, String name, Bytes parameters, List<Epoch> epochs) {
  public Sample {
    epochs = List.copyOf(epochs);
  }

  /**
   * One epoch.
   *
   * @param records that passed the common checks, in any order
   */
  public record Epoch(EpochFacts facts, List<Device> devices, List<Admitted> records) {
    public Epoch {
      devices = List.copyOf(devices);
      records = List.copyOf(records);
    }
  }
}
