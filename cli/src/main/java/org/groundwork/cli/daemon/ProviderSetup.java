package org.groundwork.cli.daemon;

/**
 * A provider's configuration file.
 *
 * @param deployment path of the deployment file
 * @param rpc URL of the chain
 * @param device number of the registered device
 * @param deviceKey path of the device's key file
 * @param passwordFile path of the key file's password
 * @param host address to listen on
 * @param port port to listen on
 * @param capacityBytes most bytes to store
 */
public record ProviderSetup(
    String deployment,
    String rpc,
    long device,
    String deviceKey,
    String passwordFile,
    String host,
    int port,
    long capacityBytes) {
  public static final String FILE = "provider.json";
}
