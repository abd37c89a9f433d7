package org.groundwork.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;

/** What a device's key file says in clear. */
final class DeviceKeyFile {
  private static final long MAX_BYTES = 64 << 10;
  private static final String PREFIX = "device-";

  private DeviceKeyFile() {}

  /** The public key of the device; needs no password. */
  static PublicKey publicKey(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new Failure("There is no key file " + file + "; \"groundwork device new\" makes one.");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new Failure(file + " is too large for a key file.");
    }
    JsonNode said = Json.MAPPER.readTree(Files.readAllBytes(file)).path("groundwork");
    for (KeyType type : KeyType.values()) {
      if (said.path("type").asText().equals(PREFIX + type.name().toLowerCase(Locale.ROOT))) {
        try {
          return new PublicKey(type, Bytes.fromHex(said.path("public").asText()));
        } catch (IllegalArgumentException e) {
          throw new Failure(file + " names no public key.", e);
        }
      }
    }
    throw new Failure(file + " is no key file of a device.");
  }

  /** The device that is registered with a key. */
  static RegisteredDevice find(ChainState state, PublicKey key) {
    return state.devices().stream()
        .filter(each -> each.keyType() == key.type().code() && each.key().equals(key.bytes()))
        .findFirst()
        .orElseThrow(() ->
            new Failure("No device is registered with this key: groundwork device register."));
  }
}
