package org.groundwork.cli.founder;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.groundwork.cli.Amounts;
import org.groundwork.networks.sensing.wire.Consistency;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.Trust;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;

/** What a definition says, part by part, for people to read and to compare. */
public final class DefinitionText {
  private DefinitionText() {}

  /** Everything but the fields and the checks, by name. */
  public static SequencedMap<String, String> of(SensingDefinition definition) {
    SequencedMap<String, String> parts = new LinkedHashMap<>();
    parts.put("name", definition.name());
    parts.put("cadence", definition.cadenceSeconds() + " s");
    parts.put("window", definition.windowSteps() + " readings");
    parts.put("minimum_score", percent(definition.minimumScore()));
    parts.put("cell_resolution", Integer.toString(definition.cellResolution()));
    parts.put("devices_per_cell", Integer.toString(definition.devicesPerCell()));
    parts.put(
        "regions",
        definition.regions().isEmpty()
            ? "everywhere"
            : definition.regions().stream()
                .map(Long::toHexString)
                .collect(Collectors.joining(" ")));
    parts.put("price_per_cell_epoch", "$" + Amounts.show(definition.pricePerCellEpoch()));
    definition
        .prices()
        .forEach(
            (product, price) -> parts.put("price_" + product.word(), "$" + Amounts.show(price)));
    if (!definition.trust().equals(Trust.FULL)) {
      Trust trust = definition.trust();
      parts.put("uncertified", percent(trust.uncertified()));
      parts.put("bridged", percent(trust.bridged()));
      parts.put(
          "makers",
          trust.makers().stream()
              .map(maker -> maker.type().name().toLowerCase(Locale.ROOT) + ":" + maker.bytes())
              .collect(Collectors.joining(" ")));
    }
    parts.put(
        "field_order",
        definition.fields().stream().map(Field::name).collect(Collectors.joining(" ")));
    parts.put("references", Integer.toString(definition.references().size()));
    return parts;
  }

  /** Everything, one part a line, by name. */
  static SequencedMap<String, String> all(SensingDefinition definition) {
    SequencedMap<String, String> parts = of(definition);
    definition.fields().forEach(field -> parts.put("fields." + field.name(), of(field)));
    for (int i = 0; i < definition.checks().size(); i++) {
      parts.put("consistency " + (i + 1), of(definition, definition.checks().get(i)));
    }
    for (int i = 0; i < definition.references().size(); i++) {
      parts.put("reference " + (i + 1), definition.references().get(i).toString());
    }
    return parts;
  }

  public static String of(Field field) {
    StringBuilder text = new StringBuilder();
    text.append(value(field, field.min())).append(" to ").append(value(field, field.max()));
    text.append(' ').append(field.unit());
    if (field.type() != Field.Type.LINEAR) {
      text.append(", ").append(field.type().name().toLowerCase(Locale.ROOT));
    }
    if (field.maxStep() > 0) {
      text.append(", steps up to ").append(value(field, field.maxStep()));
    }
    if (field.stuckSteps() > 0) {
      text.append(", stuck after ").append(field.stuckSteps()).append(" readings");
    }
    if (field.neighbourTolerance() > 0) {
      text.append(", neighbours within ").append(value(field, field.neighbourTolerance()));
    }
    return text.toString();
  }

  private static String of(SensingDefinition definition, Consistency check) {
    return "%s %s %s limit %d for %d readings"
        .formatted(
            check.kind().name().toLowerCase(Locale.ROOT),
            definition.fields().get(check.field()).name(),
            definition.fields().get(check.other()).name(),
            check.limit(),
            check.steps());
  }

  public static String of(BootstrapBudget budget) {
    return budget.initial().isZero()
        ? "none"
        : "%s tokens in epoch %s, falling to nothing in epoch %s"
            .formatted(Amounts.show(budget.initial()), budget.start(), budget.end());
  }

  private static String value(Field field, long scaled) {
    return BigDecimal.valueOf(scaled, field.decimals()).toPlainString();
  }

  private static String percent(BasisPoints share) {
    return BigDecimal.valueOf(share.value(), 2).stripTrailingZeros().toPlainString() + "%";
  }
}
