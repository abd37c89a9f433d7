package org.groundwork.testkit.network;

import java.nio.file.Path;
import java.util.List;
import org.groundwork.rules.ResourceNetwork;
import org.junit.jupiter.api.Test;

/**
 * What every resource network must hold; extend it in the network's tests. The purity of its rules
 * (no clock, randomness, floating point, I/O) is checked over all networks by the layers' test.
 */
public abstract class NetworkContract {
  protected abstract ResourceNetwork network();

  /** Sample epochs that use each kind of report, good and bad ones; the same in every run. */
  protected abstract List<Sample> samples();

  /** The folder of golden outcomes, below the module's own. */
  protected Path golden() {
    return Path.of("src", "test", "resources", "golden", network().kind().name());
  }

  private NetworkChecks checks() {
    return new NetworkChecks(network(), samples(), golden());
  }

  @Test
  void theOrderOfDevicesGroupsAndRecordsDoesNotMatter() {
    checks().orderDoesNotMatter();
  }

  @Test
  void theSameInputComesToTheSameAgainAndInSeveralThreads() {
    checks().rerunsAreEqual();
  }

  @Test
  void reasonsAreAClosedSetWithTexts() {
    checks().reasonsAreClosed();
  }

  @Test
  void rulesNeitherThrowNorExceedTheirLimitsWhateverDevicesSend() {
    checks().hostileInputIsJudged();
  }

  @Test
  void parametersAreReadInOneEncodingAndWithinTheirBounds() {
    checks().parametersAreBounded();
  }

  @Test
  void whatAVersionSaidOfItsGoldenEpochsItSaysForEver() {
    checks().goldenEpochsStay();
  }

  @Test
  void versionsOfTheRulesAreOnlyAdded() {
    checks().versionsAreOnlyAdded();
  }
}
