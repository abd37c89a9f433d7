package org.groundwork.node.verifier;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.wire.IndexCertificate;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts certified indexes that nobody has posted when their deadline comes near, so that a gateway
 * that died after its epoch costs its devices nothing.
 */
final class Backstop {
  private static final Logger LOG = LoggerFactory.getLogger(Backstop.class);

  private final AccountId self;
  private final EpochChain chain;
  private final InstantSource clock;
  private final Poll poll;
  private final Reception reception;

  Backstop(AccountId self, EpochChain chain, InstantSource clock, Poll poll, Reception reception) {
    this.self = self;
    this.chain = chain;
    this.clock = clock;
    this.poll = poll;
    this.reception = reception;
  }

  boolean step() throws IOException {
    long now = clock.millis();
    EpochSchedule schedule = chain.schedule();
    EpochNumber epoch = schedule.epochAt(now / 1000);
    while (epoch.value() > 0) {
      epoch = new EpochNumber(epoch.value() - 1);
      long close = schedule.close(epoch) * 1000;
      long deadline = schedule.commitDeadline(epoch) * 1000;
      if (deadline <= now) {
        return false;
      }
      if ((now - close) * 4 >= (deadline - close) * 3) {
        tend(epoch);
      }
    }
    return false;
  }

  private void tend(EpochNumber epoch) throws IOException {
    List<IndexCertificate> open = new ArrayList<>();
    for (IndexCertificate own : reception.certificates(epoch)) {
      if (!chain.isCommitted(epoch, own.gateway(), own.index())) {
        open.add(own);
      }
    }
    if (open.isEmpty()) {
      return;
    }
    StakedSet verifiers = chain.verifiers(epoch);
    List<Operator> others =
        verifiers.members().stream().filter(member -> !member.signer().equals(self)).toList();
    Map<Hash, SortedMap<AccountId, Bytes>> certificates = new TreeMap<>();
    for (IndexCertificate theirs : poll.certificates(others, epoch)) {
      if (theirs.epoch().equals(epoch) && theirs.isGenuine(chain.domain())) {
        certificates
            .computeIfAbsent(theirs.index(), _ -> new TreeMap<>())
            .put(theirs.verifier(), theirs.signature());
      }
    }
    for (IndexCertificate own : open) {
      post(own, verifiers, certificates.getOrDefault(own.index(), new TreeMap<>()));
    }
  }

  private void post(
      IndexCertificate own, StakedSet verifiers, SortedMap<AccountId, Bytes> certificates)
      throws IOException {
    certificates.put(self, own.signature());
    certificates.keySet().removeIf(signer -> !verifiers.contains(signer));
    if (verifiers.isMoreThanThird(certificates.keySet())) {
      chain.commitIndex(own.epoch(), own.gateway(), own.index(), certificates);
      LOG.info("Epoch {}: posted index {} for gateway {}", own.epoch(), own.index(), own.gateway());
    }
  }
}
