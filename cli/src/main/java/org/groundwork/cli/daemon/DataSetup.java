package org.groundwork.cli.daemon;

/**
 * A data server's configuration file.
 *
 * @param deployment path of the deployment file
 * @param rpc URL of the chain
 * @param device number of the server's registered device, in the sensing network that it serves
 * @param deviceKey path of the device's key file
 * @param passwordFile path of the key file's password
 * @param host address to listen on
 * @param port port to listen on
 */
public record DataSetup(
    String deployment,
    String rpc,
    long device,
    String deviceKey,
    String passwordFile,
    String host,
    int port) {
  public static final String FILE = "data.json";
}
