package org.groundwork.node.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.groundwork.protocol.Hash;
import org.jspecify.annotations.Nullable;

/**
 * What keeps bad reports cheap. Each address may fail so often, whatever it sends; beyond that only
 * keys are verified for it that signed from there last. Under each key so many signatures may be
 * wrong, wherever they come from; beyond that it is verified only for addresses in good standing
 * from which it signed last. So nobody shuts a device out by forging in its name, except one who
 * shares its address. Bounded: who was not heard of for long is forgotten. Safe for use by many
 * threads.
 */
final class RateLimits {
  private static final int MAX_SENDERS = 65_536;
  private static final int MAX_KEYS = 65_536;

  /** Homes of one generation; twice as many are kept, at about 100 bytes each. */
  private static final int MAX_HOMES = 262_144;

  private final GatewayLimits limits;
  private final Map<String, Sender> senders = newestOf(MAX_SENDERS);

  /** Only keys under which something was wrong. */
  private final Map<Hash, Allowance> keys = newestOf(MAX_KEYS);

  private final Homes homes = new Homes();
  private volatile boolean anyKeyFailed;

  RateLimits(GatewayLimits limits) {
    this.limits = limits;
  }

  private static <K, V> Map<K, V> newestOf(int max) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
      }
    };
  }

  Sender sender(String address, long nowMillis) {
    synchronized (senders) {
      Function<String, Sender> fresh =
          _ -> new Sender(allowance(limits.senderFailures(), nowMillis));
      return senders.computeIfAbsent(address, fresh);
    }
  }

  /** Whether what this sender sends is worth parsing. */
  static boolean mayRead(Sender sender, long nowMillis) {
    return !sender.isTroublesome(nowMillis) || sender.isTrusted();
  }

  /** Whether a signature by this key is worth verifying for this sender. */
  boolean mayTry(Hash key, Sender sender, long nowMillis) {
    boolean troublesome = sender.isTroublesome(nowMillis);
    if (!troublesome && !isForgedOften(key, nowMillis)) {
      return true;
    }
    return homes.get(key) == sender && !(troublesome && isForgedOften(key, nowMillis));
  }

  private boolean isForgedOften(Hash key, long nowMillis) {
    if (!anyKeyFailed) {
      return false;
    }
    synchronized (keys) {
      Allowance failures = keys.get(key);
      return failures != null && failures.isUsedUp(nowMillis);
    }
  }

  /** A signature that was said to be by this key is not. */
  void forged(Hash key, long nowMillis) {
    synchronized (keys) {
      keys.computeIfAbsent(key, _ -> allowance(limits.keyFailures(), nowMillis)).take(nowMillis);
      anyKeyFailed = true;
    }
  }

  /** This key has signed what this sender sent. */
  void proved(Hash key, Sender sender) {
    if (homes.get(key) != sender) {
      homes.put(key, sender);
      sender.trust();
    }
  }

  /**
   * From where each key signed last. When the young generation is full the old one is dropped; who
   * goes on reporting moves over.
   */
  private static final class Homes {
    private volatile Map<Hash, Sender> young = new ConcurrentHashMap<>();
    private volatile Map<Hash, Sender> old = Map.of();

    @Nullable Sender get(Hash key) {
      Sender home = young.get(key);
      if (home == null) {
        home = old.get(key);
        if (home != null) {
          put(key, home);
        }
      }
      return home;
    }

    synchronized void put(Hash key, Sender home) {
      if (young.size() >= MAX_HOMES) {
        old = young;
        young = new ConcurrentHashMap<>();
      }
      young.put(key, home);
    }
  }

  private static Allowance allowance(int perSecond, long nowMillis) {
    return new Allowance(perSecond, nowMillis);
  }
}
