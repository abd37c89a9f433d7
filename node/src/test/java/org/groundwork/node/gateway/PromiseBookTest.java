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
      add(reports, batch);
    }
    assertThat(book.size(EPOCH)).isEqualTo(20_000);
    for (int batch = 0; batch < 40; batch++) {
      for (int i = 0; i < 500; i += 83) {
        Promise found = book.find(EPOCH, batches.get(batch).get(i)).orElseThrow().promise();
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
    add(alike.subList(0, 200), 1);
    for (int i = 0; i < 300; i++) {
      assertThat(book.find(EPOCH, alike.get(i)).isPresent()).isEqualTo(i < 200);
    }
  }

  @Test
  void aReportStandsWhereItStoodFirst() {
    add(List.of(hash(1)), 5);
    add(List.of(hash(2), hash(1)), 6);
    assertThat(slot(hash(1))).isEqualTo(5);
    assertThat(book.size(EPOCH)).isEqualTo(2);
    book.forgetBefore(EPOCH.next());
    assertThat(book.find(EPOCH, hash(1))).isEmpty();
  }

  @Test
  void whatDidNotBecomeDurableIsNeitherFoundNorInTheWayOfTheNextTry() {
    add(List.of(hash(1)), 5);
    GroupCommit failed = gather(List.of(hash(2), hash(3)), 6);
    assertThat(book.find(EPOCH, hash(2))).isEmpty();
    assertThat(book.size(EPOCH)).isEqualTo(3);

    book.remove(EPOCH, failed);
    assertThat(book.size(EPOCH)).isEqualTo(1);
    add(List.of(hash(3), hash(2)), 7);
    assertThat(slot(hash(1))).isEqualTo(5);
    assertThat(slot(hash(2))).isEqualTo(7);
    assertThat(slot(hash(3))).isEqualTo(7);
  }

  private long slot(Hash report) {
    return book.find(EPOCH, report).orElseThrow().promise().slot().value();
  }

  private void add(List<Hash> reports, int slot) {
    gather(reports, slot).becameDurable();
  }

  private GroupCommit gather(List<Hash> reports, int slot) {
    GroupCommit commit =
        new GroupCommit(Reporter.DOMAIN, GatewayFixture.KEY, new SlotNumber(slot), reports.size());
    for (Hash report : reports) {
      book.putIfAbsent(EPOCH, report, commit, commit.size());
      commit.add(report);
    }
    return commit;
  }

  private static Hash hash(int number) {
    return Sha256.hash(ByteBuffer.allocate(4).putInt(number).array());
  }
}
