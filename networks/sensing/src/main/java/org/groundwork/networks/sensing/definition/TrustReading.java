package org.groundwork.networks.sensing.definition;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.groundwork.networks.sensing.wire.Trust;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.tomlj.TomlArray;

/** The section {@code [trust]}: what devices weigh by who holds their keys. */
final class TrustReading {
  static final List<String> KEYS = List.of("makers", "uncertified", "bridged");

  private static final String FIX =
      "Write it as \"ed25519:\" or \"p256:\" and the hex digits that the maker's \"device key\""
          + " prints.";

  private final Section section;

  TrustReading(Section section) {
    this.section = section;
  }

  Trust read() {
    section.only(KEYS);
    List<PublicKey> makers = makers();
    int uncertified = section.percent("uncertified", "Half is usual.").orElse(BasisPoints.WHOLE);
    int bridged = section.percent("bridged", "Half is usual.").orElse(BasisPoints.WHOLE);
    if (!section.has("makers") && uncertified < BasisPoints.WHOLE) {
      section.wrong(
          "uncertified",
          "would lower all devices: there are no makers",
          "Name the makers whose certificates count: makers = [\"ed25519:...\"].");
    }
    return section.isFaulty()
        ? Trust.FULL
        : new Trust(makers, new BasisPoints(uncertified), new BasisPoints(bridged));
  }

  private List<PublicKey> makers() {
    Optional<TomlArray> list =
        section.value(
            "makers",
            "a list of keys",
            "Write makers = [\"ed25519:...\"].",
            value -> value instanceof TomlArray array ? Optional.of(array) : Optional.empty());
    TreeSet<PublicKey> makers = new TreeSet<>();
    int count = list.map(TomlArray::size).orElse(0);
    if (list.isPresent() && (count == 0 || count > Trust.MAX_MAKERS)) {
      section.wrong(
          "makers", "names %d, allowed are 1 to %d".formatted(count, Trust.MAX_MAKERS), FIX);
      return List.of();
    }
    for (int i = 0; i < count; i++) {
      Optional<PublicKey> key = key(list.orElseThrow().get(i));
      if (key.isEmpty()) {
        section.wrong("makers", "has an entry that is no public key", FIX);
      } else if (!makers.add(key.get())) {
        section.wrong("makers", "names one maker twice", "Drop one of the two.");
      }
    }
    return List.copyOf(makers);
  }

  private static Optional<PublicKey> key(Object entry) {
    String[] parts = entry instanceof String text ? text.split(":", 2) : new String[0];
    for (KeyType type : KeyType.values()) {
      if (parts.length == 2 && parts[0].equals(type.name().toLowerCase(Locale.ROOT))) {
        try {
          String hex = parts[1].startsWith("0x") ? parts[1] : "0x" + parts[1];
          return Optional.of(new PublicKey(type, Bytes.fromHex(hex)));
        } catch (IllegalArgumentException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
