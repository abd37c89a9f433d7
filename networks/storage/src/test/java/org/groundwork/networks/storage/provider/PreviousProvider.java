package org.groundwork.networks.storage.provider;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.groundwork.networks.storage.rules.HeldDeal;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;

/**
 * Makes the folder of a provider with two pieces and their deals, one of them promised and ended.
 * At a release, run it in a new folder of the test's resources.
 */
final class PreviousProvider {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final int PIECE_BYTES = 700;
  private static final AccountKey PAYER = key(3);
  private static final SigningDomain DOMAIN =
      SigningDomain.of(BigInteger.valueOf(31337), key(4).account());

  private PreviousProvider() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    PieceStore store = new PieceStore(folder, 1 << 20, 0, CLOCK);
    try (DealBook book = new DealBook(folder.resolve("deals.log"))) {
      for (int i = 0; i < 2; i++) {
        byte[] content = content(i);
        store.receive(CommP.of(content), () -> new ByteArrayInputStream(content));
        book.take(deal(i), HeldDeal.of(deal(i).deal()));
      }
      Hash first = deal(0).deal().id();
      book.promised(first, promise(), new EpochNumber(4));
      book.ending(first, PAYER.sign(first));
      book.ended(first, new EpochNumber(5));
    }
  }

  static byte[] content(int number) {
    byte[] content = new byte[PIECE_BYTES];
    new Random(number).nextBytes(content);
    return content;
  }

  static SignedDeal deal(int number) {
    PieceCommitment piece = CommP.of(content(number));
    Deal deal =
        new Deal(
            DOMAIN.deployment(),
            new NetworkId(1),
            new DeviceId(1),
            PAYER.account(),
            key(5).account(),
            new ReservationId(Hash.ZERO),
            new Credits(BigInteger.TEN),
            new Credits(BigInteger.valueOf(1000)),
            new SlotNumber(0),
            new SlotNumber(100 + number),
            piece.encode());
    return new SignedDeal(deal, PAYER.sign(DOMAIN.digest(deal.id())));
  }

  static Promise promise() {
    AccountId gateway = key(6).account();
    return new Promise(
        gateway, new SlotNumber(40), Hash.ZERO, 0, 1, List.of(), key(6).sign(Hash.ZERO));
  }

  private static AccountKey key(int number) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) number);
    return AccountKey.fromSecret(secret);
  }
}
