package org.groundwork.networks.sensing.definition;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of networks and of fields. */
final class Names {
  private static final Pattern NETWORK = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  /** What readings in JSON call their time. */
  private static final String TIME = "t";

  private static final int MAX = 32;

  private Names() {}

  static boolean isNetwork(String name) {
    return NETWORK.matcher(name).matches();
  }

  static boolean isField(String name) {
    return FIELD.matcher(name).matches() && !name.equals(TIME);
  }

  /** A field's name near to what was written. */
  static String likely(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    String cut = letters.replaceAll("^[^a-z]+|_+$", "");
    return cut.length() < 2 ? "temperature" : cut.substring(0, Math.min(MAX, cut.length()));
  }

  /** A network's name near to what was written. */
  static String likelyNetwork(String name) {
    String likely = likely(name).replace('_', '-');
    return likely.equals("temperature") && !name.contains("temp") ? "air-quality" : likely;
  }
}
