package org.groundwork.networks.storage.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** A provider's status as Prometheus reads it: each number by its name, disks with a label. */
final class Metrics {
  private static final String PREFIX = "groundwork_provider_";

  private Metrics() {}

  static String text(ObjectNode status) {
    StringBuilder out = new StringBuilder();
    write(out, "", "", status);
    JsonNode disks = status.path("disks");
    for (JsonNode disk : disks) {
      String label = "{disk=\"" + escape(disk.path("folder").asText()) + "\"}";
      write(out, "disk", label, disk);
      out.append(PREFIX).append("disk_online").append(label).append(' ');
      out.append("online".equals(disk.path("condition").asText()) ? 1 : 0).append('\n');
    }
    for (JsonNode warning : status.path("warnings")) {
      out.append(PREFIX).append("warning{code=\"").append(warning.path("code").asText());
      out.append("\"} 1\n");
    }
    return out.toString();
  }

  private static void write(StringBuilder out, String path, String label, JsonNode node) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = path.isEmpty() ? snake(member.getKey()) : path + "_" + snake(member.getKey());
      if (member.getValue().isNumber()) {
        out.append(PREFIX).append(name).append(label).append(' ');
        out.append(member.getValue().asText()).append('\n');
      } else if (member.getValue().isObject() && !"damaged".equals(member.getKey())) {
        write(out, name, label, member.getValue());
      }
    }
  }

  private static String snake(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
