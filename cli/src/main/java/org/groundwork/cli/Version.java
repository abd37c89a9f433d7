package org.groundwork.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Says which Groundwork runs on which Java. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"groundwork " + number(), "Java " + Runtime.version()};
  }

  /** The version of all modules. */
  static String number() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/version.properties")) {
      properties.load(Objects.requireNonNull(in));
    }
    return properties.getProperty("version");
  }
}
