package org.groundwork.networks.storage.customer;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.agent.ListedDevice;

/**
 * What a device shares with others, so that they are lost together: its owner, the network prefix
 * of its address (/24, or /48 of IPv6; the name, if it has one), and its cell on the map. All of it
 * stands in the registry, where it cannot be changed unseen.
 */
final class FailureDomains {
  private static final Pattern V4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.\\d{1,3}");

  /** Networks of one machine or house: nothing of the world is lost with them. */
  private static final Pattern NOT_PUBLIC =
      Pattern.compile(
          "localhost|127\\..*|10\\..*|192\\.168\\..*|169\\.254\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*"
              + "|::1|f[cd]..:.*|fe80:.*");

  private FailureDomains() {}

  static Set<String> of(ListedDevice device) {
    Set<String> domains = new TreeSet<>();
    domains.add("owner " + device.device().owner().toHex());
    if (device.device().cell() != 0) {
      domains.add("cell " + Long.toHexString(device.device().cell()));
    }
    String network = network(device.endpoint());
    if (!network.isEmpty()) {
      domains.add("network " + network);
    }
    return domains;
  }

  /** The prefix of an endpoint's address; empty where there is none that could fail alone. */
  private static String network(String endpoint) {
    String host;
    try {
      host = URI.create(endpoint).getHost();
    } catch (IllegalArgumentException e) {
      return "";
    }
    if (host == null) {
      return "";
    }
    host = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    if (NOT_PUBLIC.matcher(host).matches()) {
      return "";
    }
    Matcher v4 = V4.matcher(host);
    if (v4.matches()) {
      return v4.group(1) + "." + v4.group(2) + "." + v4.group(3);
    }
    return host.indexOf(':') < 0 ? host : prefix48(host);
  }

  private static String prefix48(String v6) {
    String[] groups = v6.split(":", -1);
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < 3 && i < groups.length && !groups[i].isEmpty(); i++) {
      prefix.append(groups[i]).append(':');
    }
    return prefix.toString();
  }
}
