package org.groundwork.flink;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which cluster judges, and how much of it.
 *
 * @param jobManager the REST address of its job manager
 * @param shared a folder that is at the same path on this machine and on all task managers
 * @param parallelism tasks of a stage; at most the cluster's slots
 */
public record FlinkSettings(URI jobManager, Path shared, int parallelism) {
  static final String SCHEME = "flink";
  private static final Pattern PARALLELISM = Pattern.compile("parallelism=([0-9]{1,5})");

  public FlinkSettings {
    if (!shared.isAbsolute() || parallelism < 1 || parallelism > 1 << 14) {
      throw new IllegalArgumentException(
          "a shared folder %s and a parallelism of %d".formatted(shared, parallelism));
    }
  }

  /**
   * Reads {@code flink://HOST:PORT/FOLDER?parallelism=N}.
   *
   * @throws IllegalArgumentException if it says something else
   */
  public static FlinkSettings of(URI address) {
    Matcher parallelism = PARALLELISM.matcher(String.valueOf(address.getQuery()));
    if (!SCHEME.equals(address.getScheme())
        || address.getHost() == null
        || address.getPort() < 0
        || address.getPath().length() < 2
        || !parallelism.matches()) {
      throw new IllegalArgumentException(
          address + " is not of the form flink://HOST:PORT/FOLDER?parallelism=N");
    }
    return new FlinkSettings(
        URI.create("http://" + address.getAuthority()),
        Path.of(address.getPath()),
        Integer.parseInt(parallelism.group(1)));
  }
}
