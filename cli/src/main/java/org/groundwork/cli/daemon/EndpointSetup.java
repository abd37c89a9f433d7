package org.groundwork.cli.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.networks.storage.s3.S3Config;
import org.groundwork.networks.storage.s3.User;
import org.groundwork.networks.storage.s3.Users;

/**
 * What may be said of an S3 endpoint beyond the customer's file, in a file of its own beside it:
 * more users, a domain, TLS.
 *
 * @param region what clients are told
 * @param domain buckets can also be addressed as names under it; empty for by path alone
 * @param certificateFile path of the server's certificates, PEM; empty for plain HTTP
 * @param privateKeyFile path of the private key, PEM, PKCS #8; empty for plain HTTP
 * @param users beside the one of the customer's file
 */
public record EndpointSetup(
    String region, String domain, String certificateFile, String privateKeyFile, List<Key> users) {
  public static final String FILE = "s3.json";

  /**
   * A key of a user.
   *
   * @param id the same for all keys of one user
   * @param secretKeyFile path of a file with the secret
   */
  public record Key(String id, String name, String accessKey, String secretKeyFile) {}

  public EndpointSetup {
    users = List.copyOf(users);
  }

  /** Of a folder that has no such file. */
  static EndpointSetup standard() {
    return new EndpointSetup("us-east-1", "", "", "", List.of());
  }

  static EndpointSetup read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.exists(file) ? ConfigFile.read(file, EndpointSetup.class) : standard();
  }

  S3Config config(CustomerSetup setup) {
    S3Config config =
        S3Config.local(setup.port()).withHost(setup.host()).withRegion(region).withDomain(domain);
    return certificateFile.isEmpty()
        ? config
        : config.withTls(new S3Config.TlsFiles(Path.of(certificateFile), Path.of(privateKeyFile)));
  }

  /** Where clients find the endpoint. */
  String url(String host, int port) {
    return (certificateFile.isEmpty() ? "http://" : "https://") + host + ":" + port;
  }

  /** All users, the customer's own first. */
  Users users(CustomerSetup setup) throws IOException {
    var keys = new ArrayList<Users.Key>();
    keys.add(new Users.Key(setup.accessKey(), secret(setup.secretKeyFile()), User.FIRST));
    try {
      for (Key key : users) {
        keys.add(
            new Users.Key(
                key.accessKey(), secret(key.secretKeyFile()), new User(key.id(), key.name())));
      }
      return Users.of(keys);
    } catch (IllegalArgumentException e) {
      throw new IOException(FILE + ": " + e.getMessage(), e);
    }
  }

  private static String secret(String file) throws IOException {
    return Files.readString(Path.of(file)).strip();
  }
}
