package org.groundwork.rules;

import java.util.List;
import org.groundwork.protocol.Seed;

/** The rules of one network under one version and one set of parameters. Pure and thread-safe. */
public interface Rules {
  /** Most records of one device that are looked at in an epoch. */
  int maxRecordsPerDevice();

  /** What a device with this carry must answer in a slot; the same for agent and verifier. */
  List<Challenge> challenges(Seed seed, Device device, Carry carry);

  /** Phase 1: everything of one device. */
  DeviceResult judge(DeviceInput input);

  /** Phase 2: everything that was said about one group. */
  GroupResult reconcile(GroupInput input);
}
