package org.groundwork.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;

class PromiseBookTest {
  private static final EpochNumber EPOCH = new EpochNumber(3);
  private final PromiseBook book = new PromiseBook();

  @Test
  void findsEachReportInItsBatchAndNoOther() {
    List<List<Hash>> batches = new ArrayList<>();
    for (int batch = 0; batch < 40; batch++) {
      List<Hash> reports = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        reports.add(hash(batch * 1000 + i));
      }
      batches.add(reports);
      book.add(EPOCH, batch(reports, batch));
    }
    assertThat(book.size(EPOCH)).isEqualTo(20_000);
    for (int batch = 0; batch < 40; batch++) {
      for (int i = 0; i < 500; i += 83) {
        Promise found = book.find(EPOCH, batches.get(batch).get(i)).orElseThrow();
        assertThat(found.report()).isEqualTo(batches.get(batch).get(i));
        assertThat(found.index()).isEqualTo(i);
        assertThat(found.slot().value()).isEqualTo(batch);
      }
      assertThat(book.find(EPOCH, hash(batch * 1000 + 999))).isEmpty();
    }
    assertThat(book.find(EPOCH.next(), hash(0))).isEmpty();
  }

  @Test
  void keepsApartHashesThatBeginAndEndAlike() {
    List<Hash> alike = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      alike.add(Hash.wrap(ByteBuffer.allocate(Hash.SIZE).putInt(0).putInt(i).array()));
    }
    book.add(EPOCH, batch(alike.subList(0, 200), 1));
    for (int i = 0; i < 300; i++) {
      assertThat(book.find(EPOCH, alike.get(i)).isPresent()).isEqualTo(i < 200);
    }
  }

  @Test
  void aReportStandsWhereItStoodFirst() {
    book.add(EPOCH, batch(List.of(hash(1)), 5));
    book.add(EPOCH, batch(List.of(hash(2), hash(1)), 6));
    assertThat(book.find(EPOCH, hash(1)).orElseThrow().slot().value()).isEqualTo(5);
    assertThat(book.size(EPOCH)).isEqualTo(2);
    book.forgetBefore(EPOCH.next());
    assertThat(book.find(EPOCH, hash(1))).isEmpty();
  }

  private static CommittedBatch batch(List<Hash> reports, int slot) {
    return new CommittedBatch(Reporter.DOMAIN, GatewayFixture.KEY, new SlotNumber(slot), reports);
  }

  private static Hash hash(int number) {
    return Sha256.hash(ByteBuffer.allocate(4).putInt(number).array());
  }
}
