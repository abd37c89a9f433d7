package org.groundwork.node.mqtt;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;

/** The topics that there are. */
sealed interface Topic {
  /** Where a device publishes reports. */
  record Report(NetworkId network, DeviceId device) implements Topic {}

  /** A device's retained word about itself, and its last will. */
  record Status(NetworkId network, DeviceId device) implements Topic {}

  /** Where the gateway answers a device's reports. */
  record Answer(NetworkId network, DeviceId device) implements Topic {}

  /**
   * Where the gateway publishes what it accepted.
   *
   * @param cell H3 index, 0 for a device without a place
   */
  record Data(NetworkId network, long cell, DeviceId device) implements Topic {}

  NetworkId network();

  DeviceId device();

  /** The topic's name. */
  default String text() {
    String place = "groundwork/" + network().value() + "/";
    return switch (this) {
      case Report _ -> place + device() + "/report";
      case Status _ -> place + device() + "/status";
      case Answer _ -> place + device() + "/answer";
      case Data data -> place + "data/" + Long.toHexString(data.cell) + "/" + device();
    };
  }

  /** A topic that clients may name when they publish; empty for any other text. */
  static Optional<Topic> parse(String text) {
    Matcher matcher = Published.FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    NetworkId network = new NetworkId(Integer.parseInt(matcher.group(1)));
    DeviceId device = new DeviceId(Long.parseLong(matcher.group(2)));
    return Optional.of(
        matcher.group(3).equals("report")
            ? new Report(network, device)
            : new Status(network, device));
  }

  /** What {@link #parse} looks for. */
  final class Published {
    private static final Pattern FORM =
        Pattern.compile("groundwork/([1-9][0-9]{0,8})/([1-9][0-9]{0,17})/(report|status)");

    private Published() {}
  }
}
