package org.groundwork.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;

/**
 * What a customer keeps of a purchase: nothing secret, only where the data is.
 *
 * @param server where it is sold
 * @param device the server's, which tokens name
 */
record PurchaseFile(URI server, DeviceId device, Hash deal) {
  /** Where the last purchase is, in a network's folder. */
  static Path last(Path folder) {
    return folder.resolve("purchase.json");
  }

  void write(Path file) throws IOException {
    ObjectNode json =
        Json.object()
            .put("server", server.toString())
            .put("device", device.value())
            .put("deal", deal.toHex());
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, Json.line(json) + "\n");
  }

  static PurchaseFile read(Path file) throws IOException {
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
      return new PurchaseFile(
          URI.create(json.path("server").asText()),
          new DeviceId(json.path("device").asLong()),
          Hash.fromHex(json.path("deal").asText()));
    } catch (NoSuchFileException e) {
      throw new Failure("There is no purchase " + file + "; \"groundwork data buy\" makes one.", e);
    } catch (IllegalArgumentException | com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new Failure(file + " is no purchase of \"groundwork data buy\".", e);
    }
  }
}
