package org.groundwork.networks.storage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.groundwork.networks.storage.erasure.ErasureCodes;
import org.groundwork.networks.storage.erasure.JavaErasureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** How fast it is here. Takes half a minute and wants a quiet machine, so it runs on demand. */
@EnabledIfSystemProperty(named = "groundwork.bench", matches = "true")
class BenchTest {
  @Test
  void commitmentsTakeMostOfWhatSha256Allows() throws Exception {
    BenchResult result = CommPBench.run();
    System.out.println("commp " + result);
    assertThat(result.ratio()).isGreaterThan(0.8);
  }

  @Test
  void codingTakesMostOfWhatIsaLAllows() throws Exception {
    BenchResult result = ErasureBench.run();
    System.out.println("erasure " + result);
    assertThat(result.ratio()).isGreaterThan(0.8);
  }

  @Test
  void pureJavaIsMeasuredToo() throws Exception {
    var library = ErasureCodes.isaL().orElseThrow().library();
    BenchResult result = ErasureBench.run(new JavaErasureCode(), library);
    System.out.println("erasure in Java " + result);
    assertThat(result.rate()).isPositive();
  }
}
