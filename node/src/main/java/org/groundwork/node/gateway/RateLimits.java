package org.groundwork.node.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.rules.Device;
import org.jspecify.annotations.Nullable;

/**
 * What keeps bad reports cheap. Each address may fail so often, whatever it sends; beyond that only
 * keys are verified for it that signed from there last. Under each key so many signatures may be
 * wrong, wherever they come from; beyond that it is verified only for an address in good standing
 * from which it signed last. So nobody shuts a device out by forging in its name, except one who
 * shares its address. Bounded: who was not heard of for long is forgotten. Safe for use by many
 * threads.
 */
final class RateLimits {
  private static final int MAX_SENDERS = 65_536;

  /** Keys of one generation; twice as many are remembered, at about 150 bytes each. */
  private static final int MAX_KEYS = 262_144;

  private final GatewayLimits limits;
  private final Map<String, Sender> senders =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sender> eldest) {
          return size() > MAX_SENDERS;
        }
      };

  // When the young generation is full the old one is dropped; who goes on reporting moves over.
  private volatile Map<DeviceId, Key> young = new ConcurrentHashMap<>();
  private volatile Map<DeviceId, Key> old = Map.of();

  RateLimits(GatewayLimits limits) {
    this.limits = limits;
  }

  /** What is known of the key of a device. */
  static final class Key {
    private final Device device;
    private final Hash hash;

    /** From where it signed last. */
    private volatile @Nullable Sender home;

    /** Wrong signatures under it; there are none for most. */
    private volatile @Nullable Allowance forgeries;

    private Key(Device device) {
      this.device = device;
      hash = device.key().hash();
    }

    Hash hash() {
      return hash;
    }

    /** It has signed what this sender sent. */
    void provedBy(Sender sender) {
      if (home != sender) {
        home = sender;
        sender.trust();
      }
    }

    private boolean isForgedOften(long nowMillis) {
      Allowance known = forgeries;
      if (known == null) {
        return false;
      }
      synchronized (this) {
        return known.isUsedUp(nowMillis);
      }
    }
  }

  Sender sender(String address, long nowMillis) {
    synchronized (senders) {
      Function<String, Sender> fresh =
          _ -> new Sender(new Allowance(limits.senderFailures(), nowMillis));
      return senders.computeIfAbsent(address, fresh);
    }
  }

  /** The key that a device is registered with now. */
  @SuppressWarnings("ReferenceEquality") // spares comparing: mostly it is the registry's own object
  Key key(Device device) {
    Key known = young.get(device.id());
    if (known == null) {
      known = old.get(device.id());
    } else if (known.device == device) {
      return known;
    }
    return remember(known != null && known.device.equals(device) ? known : new Key(device));
  }

  private synchronized Key remember(Key key) {
    if (young.size() >= MAX_KEYS) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
    young.put(key.device.id(), key);
    return key;
  }

  /** Whether what this sender sends is worth parsing. */
  static boolean mayRead(Sender sender, long nowMillis) {
    return !sender.isTroublesome(nowMillis) || sender.isTrusted();
  }

  /** Whether a signature by this key is worth verifying for this sender. */
  static boolean mayTry(Key key, Sender sender, long nowMillis) {
    boolean troublesome = sender.isTroublesome(nowMillis);
    boolean forged = key.isForgedOften(nowMillis);
    if (!troublesome && !forged) {
      return true;
    }
    return key.home == sender && !(troublesome && forged);
  }

  /** A signature that was said to be by this key is not. */
  void forged(Key key, long nowMillis) {
    synchronized (key) {
      Allowance forgeries = key.forgeries;
      if (forgeries == null) {
        forgeries = new Allowance(limits.keyFailures(), nowMillis);
        key.forgeries = forgeries;
      }
      forgeries.take(nowMillis);
    }
  }
}
