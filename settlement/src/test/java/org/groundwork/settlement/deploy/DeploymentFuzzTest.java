package org.groundwork.settlement.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;

/** A deployment file, which anybody may hand to anybody, is read or refused. */
class DeploymentFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] data) throws SettlementException {
    Deployment deployment;
    try {
      deployment = Deployment.parse(data);
    } catch (SettlementException refused) {
      assertThat(refused.failure()).isEqualTo(Failure.DEPLOYMENT_UNREADABLE);
      return;
    }
    assertThat(Deployment.parse(deployment.toJson()).toJson()).isEqualTo(deployment.toJson());
  }
}
