package org.groundwork.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpositionTest {
  @Test
  void samplesOfOneNameStandTogetherUnderOneType() {
    String node =
        """
        # HELP groundwork_reports_total what came
        # TYPE groundwork_reports_total counter
        groundwork_reports_total{answer="promised"} 3.0
        """;
    String provider = "groundwork_provider_pieces 7\nnot a sample\n";
    String text =
        new Exposition()
            .gauge("groundwork_up", "It runs.", "", 1)
            .add("node", node)
            .add("provider-1", provider)
            .add("node-2", node)
            .toString();
    assertThat(text)
        .isEqualTo(
            """
            # HELP groundwork_up It runs.
            # TYPE groundwork_up gauge
            groundwork_up 1
            # HELP groundwork_reports_total what came
            # TYPE groundwork_reports_total counter
            groundwork_reports_total{part="node",answer="promised"} 3.0
            groundwork_reports_total{part="node-2",answer="promised"} 3.0
            groundwork_provider_pieces{part="provider-1"} 7
            """);
  }

  @Test
  void labelsAreEscaped() {
    assertThat(Exposition.label("disk", "a\"b\\c\nd")).isEqualTo("disk=\"a\\\"b\\\\c\\nd\"");
  }
}
