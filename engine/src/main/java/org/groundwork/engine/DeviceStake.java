package org.groundwork.engine;

import java.math.BigInteger;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.TokenAmount;

/**
 * A device's stake at the epoch's opening.
 *
 * @param leaving whether its exit was announced: it can still be slashed, and counts for nothing
 */
public record DeviceStake(DeviceId device, TokenAmount amount, boolean leaving) {
  /** The subject of a device's SLASH leaf. */
  public static Hash subject(DeviceId device) {
    byte[] word = new byte[Hash.SIZE];
    byte[] number = BigInteger.valueOf(device.value()).toByteArray();
    System.arraycopy(number, 0, word, Hash.SIZE - number.length, number.length);
    return Hash.wrap(word);
  }
}
