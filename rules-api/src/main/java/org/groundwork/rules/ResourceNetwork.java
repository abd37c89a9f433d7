package org.groundwork.rules;

import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** A kind of resource network; found by {@link java.util.ServiceLoader}. */
public interface ResourceNetwork {
  Kind kind();

  /** The network's own reasons, numbered from 64 on. */
  List<? extends Reason> reasons();

  /**
   * The rules under a network's parameters.
   *
   * @param parameters canonical JSON, as the network registry carries it
   * @throws Malformed if a parameter is unknown, missing or out of bounds
   */
  Rules rules(Bytes parameters) throws Malformed;

  /** The parameters of a network that sets none itself, as canonical JSON. */
  Bytes defaultParameters();

  /** Describes a payload to a person, for {@code groundwork why}. */
  String describe(Bytes payload);
}
