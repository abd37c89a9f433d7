package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.CustomerSetup;
import org.groundwork.networks.storage.s3.Buckets;
import org.groundwork.networks.storage.s3.NamedObjects;
import org.groundwork.networks.storage.s3.ObjectStore;
import org.groundwork.networks.storage.s3.S3Config;
import org.groundwork.networks.storage.s3.S3Server;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.networks.storage.s3.Users;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StorageCarCommandTest {
  private static final String HELLO = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

  @TempDir Path folder;

  /** Keeps bytes in memory. */
  private static final class Memory implements ObjectStore {
    private final List<byte[]> blobs = new ArrayList<>();

    @Override
    public synchronized Stored put(InputStream data, long length) throws IOException {
      blobs.add(data.readAllBytes());
      byte[] manifest = ByteBuffer.allocate(Integer.BYTES).putInt(blobs.size() - 1).array();
      return new Stored(Bytes.wrap(manifest), blobs.getLast().length);
    }

    @Override
    public void read(Stored stored, long offset, long length, OutputStream out) throws IOException {
      int index = ByteBuffer.wrap(stored.manifest().unsafeArray()).getInt();
      out.write(blobs.get(index), (int) offset, (int) length);
    }

    @Override
    public void delete(Stored stored) {}
  }

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(out));
    assertThat(commandLine.execute(arguments)).isZero();
    return out.toString().strip();
  }

  private Path write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  @Test
  void aCidIsComputedWithoutANetwork() throws IOException {
    Path file = write("hello", "hello world".getBytes(StandardCharsets.UTF_8));
    assertThat(new ObjectMapper().readTree(run("storage", "cid", file.toString())).get("cid"))
        .hasToString("\"" + HELLO + "\"");
    assertThat(run("storage", "cid", "--profile", "kubo-legacy-cid-v0", file.toString()))
        .contains("Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD");
  }

  @Test
  void aFolderIsPackedCheckedImportedAndItsFilesExported() throws Exception {
    byte[] large = new byte[2_500_000];
    new Random(1).nextBytes(large);
    write("tree/sub/large.bin", large);
    write("tree/small.txt", new byte[] {1});
    Path car = folder.resolve("tree.car");
    String root = run("storage", "car", "pack", folder.resolve("tree").toString(), car.toString());
    assertThat(run("storage", "car", "check", car.toString())).contains(root);

    Buckets buckets = Buckets.open(folder.resolve("buckets.mv"));
    Memory store = new Memory();
    NamedObjects objects = new NamedObjects(buckets, store, InstantSource.system());
    objects.makeBucket("mine");
    Path secret = write("customer/secret", "secret".getBytes(StandardCharsets.UTF_8));
    try (S3Server server =
        S3Server.start(
            S3Config.local(0),
            store,
            buckets,
            Users.one("access", "secret"),
            InstantSource.system(),
            new SecureRandom())) {
      String customer = folder.resolve("customer").toString();
      ConfigFile.write(
          folder.resolve("customer/" + CustomerSetup.FILE),
          new CustomerSetup(
              "",
              "",
              1,
              "",
              "",
              "127.0.0.1",
              server.port(),
              "access",
              secret.toString(),
              "",
              1,
              0));
      assertThat(run("storage", "car", "import", car.toString(), "mine/x", "--customer", customer))
          .isEqualTo(root);
      assertThat(objects.list("mine", ""))
          .extracting(NamedObjects.Entry::key)
          .containsExactly("x/small.txt", "x/sub/large.bin");
      Path back = folder.resolve("back.car");
      String exported =
          run(
              "storage",
              "car",
              "export",
              "mine/x/sub/large.bin",
              back.toString(),
              "--customer",
              customer);
      assertThat(run("storage", "cid", folder.resolve("tree/sub/large.bin").toString()))
          .contains(exported);
      assertThat(run("storage", "car", "check", back.toString())).contains("\"blocks\":4");
      run("storage", "car", "import", "--whole", car.toString(), "mine", "--customer", customer);
      assertThat(objects.list("mine", ""))
          .anyMatch(entry ->
              entry.key().equals(root + ".car")
                  && entry.contentType().equals("application/vnd.ipld.car"));
    } finally {
      buckets.close();
    }
  }
}
