package org.groundwork.cli.daemon;

/**
 * A customer's configuration file.
 *
 * @param deployment path of the deployment file
 * @param rpc URL of the chain
 * @param network number of the storage network
 * @param accountKey path of the paying account's key file
 * @param passwordFile path of the key file's password
 * @param host address that the S3 endpoint listens on
 * @param port port that the S3 endpoint listens on
 * @param accessKey S3 access key
 * @param secretKeyFile path of a file with the S3 secret key
 * @param masterKeyFile path of a file with 32 bytes that encrypt the keys of all objects
 * @param dealSlots how long a deal lasts, in slots
 * @param repairSeconds time between two looks for lost pieces; 0 for never
 */
public record CustomerSetup(
    String deployment,
    String rpc,
    int network,
    String accountKey,
    String passwordFile,
    String host,
    int port,
    String accessKey,
    String secretKeyFile,
    String masterKeyFile,
    long dealSlots,
    long repairSeconds) {
  public static final String FILE = "customer.json";
}
