package org.groundwork.node.store;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** What opens a bucket. Prints as redacted. */
record S3Keys(String access, String secret) {
  private static final String ACCESS = "AWS_ACCESS_KEY_ID";
  private static final String SECRET = "AWS_SECRET_ACCESS_KEY";

  /** What a file with keys must not grant. */
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  /**
   * The keys of a bucket, from its file if it names one, else from the environment.
   *
   * @throws IOException with one sentence for the operator, without anything of a key
   */
  static S3Keys of(StoreUrl.Bucket bucket, Map<String, String> environment) throws IOException {
    if (bucket.credentials().isPresent()) {
      return read(bucket.credentials().get());
    }
    return of(
        Optional.ofNullable(environment.get(ACCESS)),
        Optional.ofNullable(environment.get(SECRET)),
        "Set " + ACCESS + " and " + SECRET + ", or name a file with \"credentials=FILE\".");
  }

  private static S3Keys read(Path file) throws IOException {
    Properties lines = new Properties();
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw new IOException("Others can read " + file + ": run \"chmod 600 " + file + "\".");
      }
      try (Reader reader = Files.newBufferedReader(file)) {
        lines.load(reader);
      }
    } catch (NoSuchFileException e) {
      throw new IOException("There is no file " + file + " with the keys of the store.", e);
    } catch (IllegalArgumentException e) {
      // Its message would show a part of the line.
      throw new IOException(file + " cannot be read.");
    }
    return of(
        Optional.ofNullable(lines.getProperty("access_key_id")),
        Optional.ofNullable(lines.getProperty("secret_access_key")),
        file + " needs the lines \"access_key_id=...\" and \"secret_access_key=...\".");
  }

  private static S3Keys of(Optional<String> access, Optional<String> secret, String otherwise)
      throws IOException {
    if (access.isEmpty() || access.get().isBlank() || secret.isEmpty() || secret.get().isBlank()) {
      throw new IOException(otherwise);
    }
    return new S3Keys(access.get().strip(), secret.get().strip());
  }

  @Override
  public String toString() {
    return "S3Keys[redacted]";
  }
}
