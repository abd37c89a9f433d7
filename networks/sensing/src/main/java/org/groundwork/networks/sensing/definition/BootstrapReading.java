package org.groundwork.networks.sensing.definition;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.TokenAmount;

/** The section {@code [bootstrap]}, within the bounds of the contract. */
final class BootstrapReading {
  static final List<String> KEYS =
      List.of("tokens", "epochs", "max_cell", "new_devices", "device_stake");

  /** As in the network registry. */
  private static final BigInteger MAX_TOKENS = BigInteger.TEN.pow(26);

  private static final int MAX_EPOCHS = 10_000_000;
  private static final int DEFAULT_MAX_CELL = 1_000;
  private static final int DEFAULT_NEW_DEVICES = 100;

  private final Section section;

  BootstrapReading(Section section) {
    this.section = section;
  }

  Optional<FounderDefinition.BootstrapTerms> read() {
    section.only(KEYS);
    Optional<TokenAmount> tokens = tokens("tokens");
    if (!section.has("tokens")) {
      section.missing("tokens", "Say how many tokens the first epoch gets, or drop the section.");
    } else if (tokens.filter(TokenAmount::isZero).isPresent()) {
      section.wrong("tokens", "is 0", "Drop the section for no bootstrap.");
    }
    if (!section.has("epochs")) {
      section.missing("epochs", "Say after how many epochs it has fallen to nothing.");
    }
    Optional<Integer> epochs = section.whole("epochs", 1, MAX_EPOCHS, "A day of minutes is 1440.");
    Optional<Integer> cell = section.percent("max_cell", "10% is usual.");
    if (cell.filter(bps -> bps == 0).isPresent()) {
      section.wrong("max_cell", "is 0%: no cell would get anything", "10% is usual.");
    }
    Optional<Integer> devices = section.whole("new_devices", 1, Integer.MAX_VALUE, "100 is usual.");
    Optional<TokenAmount> stake = tokens("device_stake");
    if (tokens.isEmpty() || epochs.isEmpty() || section.isFaulty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FounderDefinition.BootstrapTerms(
            tokens.get(),
            epochs.get(),
            new BasisPoints(cell.orElse(DEFAULT_MAX_CELL)),
            devices.orElse(DEFAULT_NEW_DEVICES),
            stake.orElse(TokenAmount.ZERO)));
  }

  private Optional<TokenAmount> tokens(String key) {
    return section
        .number(key, "Write whole tokens, such as 100.")
        .flatMap(value -> {
          Optional<BigInteger> scaled = Texts.scaled(value, TokenAmount.DECIMALS);
          if (scaled.isEmpty()
              || scaled.get().signum() < 0
              || scaled.get().compareTo(MAX_TOKENS) > 0) {
            section.wrong(key, "is no amount of tokens", "Take 0 to 100000000, with 18 decimals.");
            return Optional.empty();
          }
          return scaled.map(TokenAmount::new);
        });
  }
}
