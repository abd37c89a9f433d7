package org.groundwork.node.mqtt;

import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;

/** What a client subscribes to, as in MQTT 5.0, 4.7: levels, of which + is any one, # the rest. */
record TopicFilter(List<String> levels) {
  private static final int MAX_LENGTH = 256;

  TopicFilter {
    levels = List.copyOf(levels);
  }

  /** Empty if the text is no topic filter, or too long for one of ours. */
  static Optional<TopicFilter> parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    List<String> levels = List.of(text.split("/", -1));
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      boolean wild = level.contains("+") || level.contains("#");
      boolean last = i == levels.size() - 1;
      if (wild && (level.length() > 1 || (level.equals("#") && !last))) {
        return Optional.empty();
      }
    }
    return Optional.of(new TopicFilter(levels));
  }

  boolean matches(Topic topic) {
    List<String> name = List.of(topic.text().split("/", -1));
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      if (level.equals("#")) {
        return true;
      }
      if (i >= name.size() || !(level.equals("+") || level.equals(name.get(i)))) {
        return false;
      }
    }
    return levels.size() == name.size();
  }

  /** Whether it can match nothing but topics of this device. */
  boolean isOf(NetworkId network, DeviceId device) {
    return levels.size() >= 4
        && levels.get(0).equals("groundwork")
        && levels.get(1).equals(Integer.toString(network.value()))
        && levels.get(2).equals(device.toString());
  }
}
