package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VerifyBenchTest {
  /** Speed is for the benchmark itself to show, on a machine that does nothing else. */
  @Test
  void measuresBothInOneRun() throws InterruptedException {
    VerifyBench.Result result = VerifyBench.run(1);
    assertThat(result.unit()).isEqualTo("signatures/s");
    assertThat(result.rate()).isPositive();
    assertThat(result.limit()).isPositive();
    assertThat(result.ratio()).isCloseTo(result.rate() / result.limit(), within(1e-9));
  }
}
