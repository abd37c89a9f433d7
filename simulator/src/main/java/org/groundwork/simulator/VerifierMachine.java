package org.groundwork.simulator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.Networks;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.local.Runners;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.node.Retention;
import org.groundwork.node.verifier.Verifier;
import org.groundwork.node.verifier.VerifierSettings;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.IndexCertificate;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.rules.ResourceNetwork;

/** A machine that runs a verifier; one that lies says something else than its verifier found. */
final class VerifierMachine extends Machine {
  /** What a verifier does to the others. */
  enum Manner {
    HONEST,
    /** Takes everything, says nothing. */
    SILENT,
    /** Signs results that it did not find, another one for each who asks. */
    LIAR,
    /** Signs slots of its own choice, and certifies what it does not have. */
    FORGER
  }

  private final AccountKey key;
  private final Manner manner;
  private final ResourceNetwork rules;
  private final Dice dice;
  private Optional<Verifier> part = Optional.empty();

  VerifierMachine(String name, World world, Manner manner, ResourceNetwork rules) {
    super(name, world);
    key = Names.account(world.seed(), name);
    this.manner = manner;
    this.rules = rules;
    dice = new Dice(world.seed(), "lies of " + name);
  }

  AccountKey key() {
    return key;
  }

  boolean isHonest() {
    return manner == Manner.HONEST;
  }

  Verifier part() throws ApiException {
    if (manner == Manner.SILENT) {
      throw new ApiException(ApiError.BUSY);
    }
    return verifier();
  }

  /** The real verifier, whatever it says. */
  Verifier verifier() {
    return part.orElseThrow();
  }

  SlotSignature receive(AccountKey gateway, Hash hash, Bytes content)
      throws IOException, ApiException {
    SlotSignature signed = part().reception().receive(gateway.account(), hash, content);
    world().witness().sawSegment(hash, content);
    if (manner == Manner.FORGER) {
      EpochNumber epoch = world().setting().schedule().epochOf(signed.slot());
      long first = world().setting().schedule().firstSlot(epoch).value();
      SlotNumber chosen = new SlotNumber(first + dice.between(0, 20));
      return SlotSignature.sign(
          world().setting().domain(), epoch, gateway.account(), hash, chosen, key);
    }
    return signed;
  }

  IndexCertificate certify(AccountKey gateway, SegmentIndex index)
      throws IOException, ApiException {
    world().witness().sawIndex(index);
    if (manner == Manner.FORGER) {
      return IndexCertificate.sign(
          world().setting().domain(), index.epoch(), gateway.account(), index.hash(), key);
    }
    return part().reception().certify(gateway.account(), index.encode());
  }

  Optional<Bytes> segment(Hash hash) throws IOException, ApiException {
    return manner == Manner.FORGER ? Optional.empty() : part().segment(hash);
  }

  Optional<SignedStatement> statement(EpochNumber epoch) throws ApiException {
    Optional<SignedStatement> signed = part().statement(epoch);
    boolean lies = manner == Manner.LIAR || (isOdd() && dice.happens(5000));
    Optional<SignedStatement> said = lies ? signed.map(each -> lie(each.statement())) : signed;
    if (isHonest()) {
      said.ifPresent(world().witness()::sawStatement);
    }
    return said;
  }

  private boolean isOdd() {
    return world().canary(Canary.SECOND_STATEMENT) && name().equals("verifier-0");
  }

  private SignedStatement lie(EpochStatement truth) {
    Hash root = Sha256.hash(new byte[] {(byte) dice.below(8)});
    return SignedStatement.sign(
        new EpochStatement(
            truth.deployment(),
            truth.epoch(),
            truth.attempt(),
            truth.closeBlock(),
            truth.parent(),
            truth.inputs(),
            truth.rules(),
            truth.carryRoot(),
            root,
            truth.totals()),
        world().setting().domain(),
        key);
  }

  @Override
  void boot(SimTasks tasks) throws IOException {
    List<ResourceNetwork> networks = new ArrayList<>();
    networks.add(rules);
    Verifier verifier =
        new Verifier(
            disk().root(),
            new FolderStore(disk().root()),
            key,
            new VerifierSettings(Runners.LOCAL, 1, 64 << 20, Duration.ofMillis(1500)),
            Retention.DEFAULT,
            new ChainView(world(), this),
            world().directory().registry(),
            new Networks(networks),
            SignatureVerifiers.best(),
            world().pool(),
            world().links().of(this),
            tasks,
            world().agenda(),
            new SimpleMeterRegistry());
    part = Optional.of(verifier);
    verifier.start();
  }
}
