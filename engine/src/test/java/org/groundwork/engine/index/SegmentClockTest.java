package org.groundwork.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.groundwork.engine.Samples;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;
import org.junit.jupiter.api.Test;

class SegmentClockTest {
  private static final Hash SEGMENT = Samples.hash("segment");
  private static final Map<AccountId, BigInteger> STAKES =
      Map.of(
          account("v1"), BigInteger.valueOf(10),
          account("v2"), BigInteger.valueOf(10),
          account("v3"), BigInteger.valueOf(10),
          account("v4"), BigInteger.valueOf(10));
  private final SegmentClock clock = new SegmentClock(Samples.DOMAIN, Samples.EPOCH, STAKES);

  @Test
  void takesTheSlotByWhichMoreThanAThirdHadSigned() {
    assertThat(slotOf(signed("v1", 420), signed("v2", 425), signed("v3", 421))).isEqualTo(421);
  }

  @Test
  void doesNotCountASegmentThatAThirdOrLessSigned() {
    assertThat(slotOf(signed("v1", 420))).isEqualTo(-1);
    SegmentClock ofThree =
        new SegmentClock(
            Samples.DOMAIN,
            Samples.EPOCH,
            Map.of(
                account("v1"), BigInteger.ONE,
                account("v2"), BigInteger.ONE,
                account("v3"), BigInteger.ONE));
    assertThat(ofThree.slotOf(Samples.GATEWAY, SEGMENT, List.of(signed("v1", 420)))).isEmpty();
  }

  @Test
  void countsAVerifierOnceAtTheEarliestSlotThatItSigned() {
    assertThat(slotOf(signed("v1", 430), signed("v1", 420))).isEqualTo(-1);
    assertThat(slotOf(signed("v1", 430), signed("v1", 420), signed("v2", 422))).isEqualTo(422);
  }

  @Test
  void ignoresUnknownSigners() {
    assertThat(slotOf(signed("v1", 420), signed("stranger", 420))).isEqualTo(-1);
  }

  @Test
  void ignoresSignaturesOverAnythingElse() {
    SlotSignature good = signed("v2", 420);
    SlotSignature otherSlot =
        new SlotSignature(good.verifier(), new SlotNumber(419), good.signature());
    SlotSignature otherEpoch =
        SlotSignature.sign(
            Samples.DOMAIN,
            new EpochNumber(8),
            Samples.GATEWAY,
            SEGMENT,
            new SlotNumber(420),
            Samples.key("v2"));
    SlotSignature otherSigner = new SlotSignature(account("v3"), good.slot(), good.signature());
    assertThat(slotOf(signed("v1", 420), otherSlot)).isEqualTo(-1);
    assertThat(slotOf(signed("v1", 420), otherEpoch)).isEqualTo(-1);
    assertThat(slotOf(signed("v1", 420), otherSigner)).isEqualTo(-1);
    assertThat(slotOf(signed("v1", 420), good)).isEqualTo(420);
  }

  private long slotOf(SlotSignature... signatures) {
    return clock
        .slotOf(Samples.GATEWAY, SEGMENT, List.of(signatures))
        .map(SlotNumber::value)
        .orElse(-1L);
  }

  private static SlotSignature signed(String verifier, long slot) {
    return SlotSignature.sign(
        Samples.DOMAIN,
        Samples.EPOCH,
        Samples.GATEWAY,
        SEGMENT,
        new SlotNumber(slot),
        Samples.key(verifier));
  }

  private static AccountId account(String verifier) {
    return Samples.key(verifier).account();
  }
}
