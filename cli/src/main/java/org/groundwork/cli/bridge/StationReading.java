package org.groundwork.cli.bridge;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Malformed;

/** A station's form as a reading of a network. */
final class StationReading {
  /** How far the station's clock may be from the bridge's. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd H:m:s", Locale.ROOT);
  private static final String NOW = "now";

  private StationReading() {}

  /**
   * Converts what the definition asks for, and leaves the rest out.
   *
   * @throws Malformed with one sentence if the clock is far off or nothing is left
   */
  static Reading of(SensingDefinition definition, StationForm form, Instant now) throws Malformed {
    Instant observed = time(form, now);
    TreeMap<Integer, Long> values = new TreeMap<>();
    for (int i = 0; i < definition.fields().size(); i++) {
      Field field = definition.fields().get(i);
      var value = Quantity.read(field, form);
      if (value.isPresent() && Math.abs(value.getAsLong()) <= Field.MAX_VALUE) {
        values.put(i, value.getAsLong());
      }
    }
    if (values.isEmpty()) {
      throw new Malformed("The form has nothing that the network measures.");
    }
    return new Reading(observed.getEpochSecond(), values);
  }

  private static Instant time(StationForm form, Instant now) throws Malformed {
    String text = form.value("dateutc").orElse(NOW);
    if (text.equals(NOW)) {
      return now;
    }
    Instant said;
    try {
      said = LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new Malformed("dateutc is not like 2021-06-19 12:00:00.");
    }
    if (Duration.between(said, now).abs().compareTo(MAX_SKEW) > 0) {
      throw new Malformed(
          "The station's clock says " + said + ", it is " + now + ": set it, in UTC.");
    }
    return said;
  }
}
