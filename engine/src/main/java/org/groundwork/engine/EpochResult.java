package org.groundwork.engine;

import java.util.List;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.EconomyLine;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.StandardMerkleTree;
import org.groundwork.protocol.TokenAmount;

/**
 * What an epoch came to; with skipped epochs before it, what all of them came to.
 *
 * @param carry for the next epoch
 */
public record EpochResult(PublishedResult published, CarrySnapshot carry) {
  public EpochResult {
    EpochNumber epoch = published.statement().epoch();
    if (published.first().compareTo(epoch) > 0) {
      throw new IllegalArgumentException(
          "a result of epoch %s from epoch %s on".formatted(epoch, published.first()));
    }
  }

  public EpochNumber first() {
    return published.first();
  }

  public EpochStatement statement() {
    return published.statement();
  }

  public List<MoneyLeaf> leaves() {
    return published.leaves();
  }

  public List<SegmentVerdicts> segments() {
    return published.segments();
  }

  public List<Skipped> skipped() {
    return published.skipped();
  }

  public List<DeviceSummary> devices() {
    return published.devices();
  }

  public List<ChargeLine> charges() {
    return published.charges();
  }

  public List<EconomyLine> economy() {
    return published.economy();
  }

  public TokenAmount dust() {
    return published.dust();
  }

  /** The root over these leaves; zero if there are none. */
  public static Hash moneyRoot(List<MoneyLeaf> leaves) {
    return leaves.isEmpty()
        ? Hash.ZERO
        : new StandardMerkleTree(leaves.parallelStream().map(MoneyLeaf::hash).toList()).root();
  }
}
