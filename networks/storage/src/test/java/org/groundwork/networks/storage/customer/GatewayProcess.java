package org.groundwork.networks.storage.customer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.Buckets;
import org.groundwork.networks.storage.s3.Packs;
import org.groundwork.networks.storage.s3.S3Config;
import org.groundwork.networks.storage.s3.S3Server;
import org.groundwork.networks.storage.s3.Users;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.AccountKey;

/** A customer's gateway as a process of its own, until it is killed. */
final class GatewayProcess {
  static final String ACCESS_KEY = "an-id";
  static final String SECRET = "a-secret";

  private GatewayProcess() {}

  /**
   * Arguments: folder, file of the chain, network, port. The payer's key comes by standard input.
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    WrittenChain chain = WrittenChain.read(Path.of(arguments[1]));
    byte[] secret =
        Bytes.fromHex(new String(System.in.readNBytes(66), StandardCharsets.US_ASCII).strip())
            .toArray();
    SecureRandom random = new SecureRandom();
    Payer payer = new Payer(folder, chain.domain(), AccountKey.fromSecret(secret), random);
    StorageCustomer customer =
        new StorageCustomer(
            folder.resolve("manifests"),
            new CustomerSettings(
                new Shape(3, 6), 4, 1, 5000, 4, Duration.ofSeconds(10), Duration.ofSeconds(2), 0),
            new byte[32],
            chain,
            new NetworkId(Integer.parseInt(arguments[2])),
            payer,
            chain::now,
            random);
    S3Server.start(
        S3Config.local(Integer.parseInt(arguments[3])),
        new Packs(customer, folder.resolve("packs.mv")),
        Buckets.open(folder.resolve("buckets.mv")),
        Users.one(ACCESS_KEY, SECRET),
        InstantSource.system(),
        random);
    System.out.println("listening");
    System.out.flush();
    TimeUnit.DAYS.sleep(1);
  }
}
