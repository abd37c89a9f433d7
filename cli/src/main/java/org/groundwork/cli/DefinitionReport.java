package org.groundwork.cli;

import java.util.List;
import org.groundwork.cli.founder.DefinitionText;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.SensingDefinition;

/** A sensing network's definition as commands print it. */
final class DefinitionReport {
  private DefinitionReport() {}

  static Report of(SensingDefinition definition) {
    return add(new Report(), definition);
  }

  static Report add(Report report, SensingDefinition definition) {
    DefinitionText.of(definition).forEach(report::put);
    return report;
  }

  static List<Report> fields(SensingDefinition definition) {
    return definition.fields().stream().map(DefinitionReport::field).toList();
  }

  private static Report field(Field field) {
    return new Report().put("field", field.name()).put("says", DefinitionText.of(field));
  }
}
