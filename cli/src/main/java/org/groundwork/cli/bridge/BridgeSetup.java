package org.groundwork.cli.bridge;

import java.util.List;

/**
 * A bridge's configuration file.
 *
 * @param deployment path of the deployment file
 * @param rpc URL of the chain
 * @param passwordFile path of the password of the key files
 * @param data folder in which reports wait until they are promised
 * @param host address to listen on, one that the stations reach
 * @param port port to listen on
 */
public record BridgeSetup(
    String deployment,
    String rpc,
    String passwordFile,
    String data,
    String host,
    int port,
    List<Station> stations) {
  public BridgeSetup {
    stations = List.copyOf(stations);
  }

  /**
   * One station.
   *
   * @param passkey what an Ecowitt station sends as PASSKEY; or of a Wunderground station, its ID,
   *     a colon, and its PASSWORD
   * @param device number of the device that the bridge speaks for
   * @param deviceKey path of the device's key file
   */
  public record Station(String passkey, long device, String deviceKey) {
    @Override
    public String toString() {
      return "Station[device=" + device + ", passkey=redacted]";
    }
  }

  @Override
  public String toString() {
    return "BridgeSetup[" + stations + "]";
  }
}
