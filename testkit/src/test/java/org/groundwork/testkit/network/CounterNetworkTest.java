package org.groundwork.testkit.network;

import java.util.List;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.rules.ResourceNetwork;

class CounterNetworkTest extends NetworkContract {
  @Override
  protected ResourceNetwork network() {
    return new CounterNetwork();
  }

  @Override
  protected List<Sample> samples() {
    return CounterSamples.all();
  }
}
