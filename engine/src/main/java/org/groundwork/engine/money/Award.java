package org.groundwork.engine.money;

import org.groundwork.engine.carry.CarryKey;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;

/**
 * A share of a bootstrap budget that is not payable yet.
 *
 * @param epoch whose budget it is of
 * @param owner of the device then, who will be paid
 */
record Award(
    NetworkId network, DeviceId device, EpochNumber epoch, AccountId owner, TokenAmount amount) {
  static Award decode(CarryKey key, Bytes value) {
    try {
      CanonicalReader named = new CanonicalReader(key.key());
      DeviceId device = new DeviceId(named.count());
      EpochNumber epoch = new EpochNumber(named.count());
      named.end();
      CanonicalReader in = new CanonicalReader(value);
      Award award =
          new Award(key.network(), device, epoch, in.account(), new TokenAmount(in.u256()));
      in.end();
      return award;
    } catch (Malformed e) {
      throw new IllegalStateException("the carry keeps a broken award: " + key, e);
    }
  }

  /** The epoch in which a device was admitted. */
  static EpochNumber decodeEpoch(Bytes value) {
    try {
      CanonicalReader in = new CanonicalReader(value);
      EpochNumber epoch = new EpochNumber(in.count());
      in.end();
      return epoch;
    } catch (Malformed e) {
      throw new IllegalStateException("the carry keeps a broken admission: " + value, e);
    }
  }

  CarryKey key() {
    return CarryKey.award(network, device, epoch);
  }

  Bytes encode() {
    return new CanonicalWriter().account(owner).u256(amount.value()).toBytes();
  }
}
