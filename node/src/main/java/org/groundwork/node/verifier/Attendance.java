package org.groundwork.node.verifier;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.wire.SignedPresence;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to an epoch that finds no quorum: says that this verifier is here, posts who else is, and
 * gives the epoch up when its time is over. The weights of those who are away fall then, until
 * those who are left are a quorum; the next result covers the epoch.
 */
final class Attendance {
  private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);

  /** What was posted is not posted again before it had this long to become final. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AccountKey key;
  private final EpochChain chain;
  private final Poll poll;
  private final InstantSource clock;
  private final Turns turns;

  // Of the overdue epoch; used by one thread.
  private final SortedMap<AccountId, Bytes> signatures = new TreeMap<>();
  private long since;
  private long quietUntil;
  private volatile Optional<SignedPresence> own = Optional.empty();

  Attendance(AccountKey key, EpochChain chain, Poll poll, InstantSource clock, Turns turns) {
    this.key = key;
    this.chain = chain;
    this.poll = poll;
    this.clock = clock;
    this.turns = turns;
  }

  /** This verifier's presence, while an epoch is overdue. */
  Optional<SignedPresence> presence(EpochNumber epoch) {
    return own.filter(presence -> presence.epoch().equals(epoch));
  }

  boolean step() throws IOException {
    EpochNumber epoch = chain.nextEpoch();
    long deadline = chain.schedule().commitDeadline(epoch) * 1000;
    long end = chain.skippableAt(epoch) * 1000;
    // In the first half of the time a result is still expected.
    if (clock.millis() < deadline + (end - deadline) / 2) {
      own = Optional.empty();
      return false;
    }
    StakedSet verifiers = chain.verifiers(epoch);
    if (!verifiers.contains(key.account())) {
      return false;
    }
    turnTo(epoch);
    ask(epoch, verifiers);
    SortedMap<AccountId, Bytes> open = new TreeMap<>(signatures);
    open.keySet().removeAll(chain.present(epoch));
    if (open.isEmpty() && clock.millis() < end) {
      since = clock.millis();
      return false;
    }
    if (clock.millis() < quietUntil || !turns.isMine(epoch, verifiers, since)) {
      return false;
    }
    since = clock.millis();
    quietUntil = since + PATIENCE.toMillis();
    if (open.isEmpty()) {
      chain.skip(epoch);
      LOG.warn("Epoch {}: given up without a quorum; the next result covers it", epoch);
    } else {
      chain.present(epoch, open);
      LOG.info("Epoch {}: posted that {} are here", epoch, open.keySet());
    }
    return false;
  }

  private void turnTo(EpochNumber epoch) {
    if (presence(epoch).isEmpty()) {
      SignedPresence signed = SignedPresence.sign(chain.domain(), epoch, key);
      signatures.clear();
      quietUntil = 0;
      signatures.put(key.account(), signed.signature());
      since = clock.millis();
      own = Optional.of(signed);
    }
  }

  private void ask(EpochNumber epoch, StakedSet verifiers) {
    List<Operator> missing =
        verifiers.members().stream()
            .filter(member -> !signatures.containsKey(member.signer()))
            .toList();
    for (SignedPresence theirs : poll.presences(missing, epoch)) {
      if (theirs.isGenuine(chain.domain())) {
        signatures.put(theirs.verifier(), theirs.signature());
      }
    }
  }
}
