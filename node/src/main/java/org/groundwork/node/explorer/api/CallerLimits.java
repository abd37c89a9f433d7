package org.groundwork.node.explorer.api;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.groundwork.node.gateway.Allowance;

/**
 * How often one address may ask: so many a second, ten times as many at once. Bounded: who was not
 * heard of for long is forgotten. Safe for use by many threads.
 */
final class CallerLimits {
  private static final int MAX_CALLERS = 65_536;

  private final int perSecond;
  private final InstantSource clock;
  private final Map<String, Allowance> callers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
          return size() > MAX_CALLERS;
        }
      };

  CallerLimits(int perSecond, InstantSource clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /**
   * Whether an address may ask now.
   *
   * @param cost how many plain questions it counts as
   */
  synchronized boolean mayAsk(String address, int cost) {
    long now = clock.millis();
    Allowance allowance = callers.computeIfAbsent(address, _ -> new Allowance(perSecond, now));
    if (allowance.isUsedUp(now)) {
      return false;
    }
    for (int i = 0; i < cost; i++) {
      allowance.take(now);
    }
    return true;
  }
}
