package org.groundwork.node.mqtt;

import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReportBody;
import org.groundwork.rules.Device;

/** Who may read at a gateway's broker: customers, owners. Safe for use by many threads. */
@FunctionalInterface
public interface Readers {
  /** Nobody. */
  Readers NOBODY = (_, _) -> Optional.empty();

  /**
   * Somebody who logs in with a user name that is no number; those are devices'.
   *
   * @return empty if he is not to be let in
   */
  Optional<Reader> login(String userName, Bytes password);

  /** One who was let in. What he may read is asked anew each time. */
  interface Reader {
    /** The same for each login of his: it tells his clients from others' of the same id. */
    String name();

    /**
     * What he gets of a report that the gateway has accepted, on {@code
     * groundwork/NETWORK/data/CELL/DEVICE}; mostly its payload.
     *
     * @return empty if he may not read it
     */
    Optional<Bytes> reading(Device device, ReportBody body);

    /** Whether he sees the status of a device. */
    boolean seesStatus(NetworkId network, DeviceId device);
  }
}
