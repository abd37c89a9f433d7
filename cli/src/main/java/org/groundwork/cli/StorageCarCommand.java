package org.groundwork.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.groundwork.networks.storage.ipld.CarException;
import org.groundwork.networks.storage.ipld.CarFile;
import org.groundwork.networks.storage.ipld.Cid;
import org.groundwork.networks.storage.ipld.DagCar;
import org.groundwork.networks.storage.ipld.FileImporter;
import org.groundwork.networks.storage.ipld.FolderImporter;
import org.groundwork.networks.storage.ipld.Publisher;
import org.groundwork.networks.storage.ipld.Unpacking;
import org.groundwork.protocol.Malformed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** CAR files: what IPFS tools exchange. */
@Command(
    name = "car",
    mixinStandardHelpOptions = true,
    description = "Content-addressed archives (CAR): made, checked, exported and imported.",
    subcommands = {
      StorageCarCommand.Pack.class,
      StorageCarCommand.Check.class,
      StorageCarCommand.Export.class,
      StorageCarCommand.Import.class,
    })
final class StorageCarCommand {
  /** Makes a CAR of local files. */
  @Command(
      name = "pack",
      mixinStandardHelpOptions = true,
      description = "Makes a CAR of a local file or folder and prints its root. Needs no network.",
      footer = {"", "Example:", "  groundwork storage car pack photos photos.car"})
  static final class Pack implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PATH", description = "The file or folder.")
    private Path path;

    @Parameters(index = "1", paramLabel = "FILE", description = "The CAR to write.")
    private Path file;

    @Mixin private ProfileOption profile;

    @Override
    public Integer call() throws IOException {
      try {
        FileImporter.Dag dag =
            DagCar.write(
                file, profile.get(), sink -> FolderImporter.run(profile.get(), path, sink));
        print(spec, dag.cid().toString());
      } catch (NoSuchFileException e) {
        throw new Failure("There is no file " + e.getFile() + ".", e);
      }
      return 0;
    }
  }

  /** Verifies a CAR. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Compares every block of a CAR with its CID; prints roots and number.",
      footer = {"", "Example:", "  groundwork storage car check photos.car"})
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The CAR.")
    private Path file;

    @Override
    public Integer call() throws IOException {
      try (CarFile car = open(file)) {
        var json = Json.object().put("blocks", car.blocks());
        var roots = json.putArray("roots");
        car.roots().forEach(root -> roots.add(root.toString()));
        spec.commandLine().getOut().println(Json.line(json));
      }
      return 0;
    }
  }

  /** Gets an object as a CAR. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes an object of the network to a CAR and prints its root.",
      footer = {"", "Example:", "  groundwork storage car export mine/photo.jpg photo.car"})
  static final class Export implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BUCKET/KEY", description = "The object.")
    private String object;

    @Parameters(index = "1", paramLabel = "FILE", description = "The CAR to write.")
    private Path file;

    @Mixin private ProfileOption profile;
    @Mixin private CustomerEndpoint customer;

    @Override
    public Integer call() throws IOException {
      CustomerEndpoint.Place place = CustomerEndpoint.Place.parse(object);
      try (S3Client s3 = customer.open();
          InputStream in =
              s3.getObject(request -> request.bucket(place.bucket()).key(place.key()))) {
        FileImporter.Dag dag =
            DagCar.write(file, profile.get(), sink -> FileImporter.run(profile.get(), in, sink));
        print(spec, dag.cid().toString());
      } catch (SdkException e) {
        throw new Failure(object + " cannot be read: " + e.getMessage(), e);
      }
      return 0;
    }
  }

  /** Puts what is in a CAR into a bucket. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Verifies a CAR and stores the files in it as objects, under their paths; or, with",
        "--whole, the CAR itself, whose blocks a gateway then serves as they are. Prints the root."
      },
      footer = {
        "",
        "Examples:",
        "  groundwork storage car import photos.car mine/photos",
        "  groundwork storage car import photos.car public --whole",
      })
  static final class Import implements Callable<Integer> {
    /** One request of S3 takes no more. */
    private static final long MAX_OBJECT = 5L << 30;

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The CAR.")
    private Path file;

    @Parameters(index = "1", paramLabel = "BUCKET[/PREFIX]", description = "Where the files go.")
    private String to;

    @Option(names = "--whole", description = "Stores the CAR itself, named by its root.")
    private boolean whole;

    @Mixin private CustomerEndpoint customer;

    @Override
    public Integer call() throws IOException {
      CustomerEndpoint.Place place = CustomerEndpoint.Place.parse(to);
      try (CarFile car = open(file);
          S3Client s3 = customer.open()) {
        if (car.roots().size() != 1) {
          throw new Failure(file + " has " + car.roots().size() + " roots, not one.");
        }
        Cid root = car.roots().getFirst();
        if (whole) {
          put(s3, place, join(place.key(), root + ".car"), Publisher.CAR_TYPE, file);
        } else {
          Unpacking unpacking = new Unpacking(car);
          unpacking.files(root, (path, cid, size) -> unpack(s3, place, unpacking, path, cid, size));
        }
        print(spec, root.toString());
      } catch (SdkException e) {
        throw new Failure(to + " cannot be written: " + e.getMessage(), e);
      } catch (Malformed e) {
        throw new Failure(file + " holds what is no file: " + e.getMessage(), e);
      }
      return 0;
    }

    /** Through a file, as an object's size comes before its bytes and must be true. */
    private static void unpack(
        S3Client s3,
        CustomerEndpoint.Place place,
        Unpacking unpacking,
        String path,
        Cid cid,
        long size)
        throws IOException, Malformed {
      if (size > MAX_OBJECT) {
        throw new Failure(path + " is larger than 5 GiB; store the CAR with --whole.");
      }
      Path content = Files.createTempFile("groundwork-car", ".tmp");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(content))) {
          unpacking.write(cid, out);
        }
        String name = path.isEmpty() && place.key().isEmpty() ? cid.toString() : path;
        put(s3, place, join(place.key(), name), "binary/octet-stream", content);
      } finally {
        Files.deleteIfExists(content);
      }
    }

    private static void put(
        S3Client s3, CustomerEndpoint.Place place, String key, String type, Path content) {
      s3.putObject(
          request -> request.bucket(place.bucket()).key(key).contentType(type),
          RequestBody.fromFile(content));
    }

    private static String join(String prefix, String name) {
      if (prefix.isEmpty() || name.isEmpty()) {
        return prefix + name;
      }
      return prefix.endsWith("/") ? prefix + name : prefix + "/" + name;
    }
  }

  private static CarFile open(Path file) throws IOException {
    try {
      return new CarFile(file);
    } catch (NoSuchFileException e) {
      throw new Failure("There is no file " + file + ".", e);
    } catch (CarException e) {
      throw new Failure(file + " is no whole CAR: " + e.getMessage(), e);
    }
  }

  private static void print(CommandSpec spec, String root) {
    spec.commandLine().getOut().println(root);
  }
}
