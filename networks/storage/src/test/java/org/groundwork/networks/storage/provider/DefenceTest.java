package org.groundwork.networks.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.groundwork.networks.storage.wire.Challenges;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceProof;
import org.groundwork.networks.storage.wire.PieceProofs;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefenceTest {
  private static final DeviceId DEVICE = new DeviceId(7);
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Hash DEAL = Sha256.hash(new byte[] {1});
  private static final Hash SEED = Sha256.hash(new byte[] {2});
  private static final int CHALLENGES = 8;

  @TempDir private Path folder;
  private final Court court = new Court();
  private final Map<Hash, Bytes> ends = new HashMap<>();
  private final byte[] content = new byte[10_000];
  private PieceCommitment piece;
  private PieceStore store;
  private Defence defence;

  @SuppressWarnings("NullAway.Init")
  DefenceTest() {}

  /** A court in memory. */
  private final class Court implements CourtFeed {
    final List<Summons> all = new ArrayList<>();
    final List<String> acts = new ArrayList<>();
    List<Bytes> shown = List.of();
    boolean account = true;

    void summon(DeviceId device, State state, Instant deadline) {
      all.add(summons(all.size() + 1L, device, state, deadline));
    }

    private Summons summons(long id, DeviceId device, State state, Instant deadline) {
      return new Summons(id, device, DEAL, state, piece.root(), piece.height(), SEED, deadline);
    }

    void change(long id, DeviceId device, State state) {
      all.set((int) id - 1, summons(id, device, state, LATER));
    }

    @Override
    public long count() {
      return all.size();
    }

    @Override
    public List<Summons> summonses(long from, long to) {
      return List.copyOf(all.subList((int) from - 1, (int) to - 1));
    }

    @Override
    public int challenges() {
      return CHALLENGES;
    }

    @Override
    public boolean canAct() {
      return account;
    }

    @Override
    public void draw(long id) {
      acts.add("draw " + id);
      change(id, DEVICE, State.DRAWN);
    }

    @Override
    public void answer(long id, List<Bytes> proofs) {
      acts.add("answer " + id);
      shown = proofs;
      change(id, DEVICE, State.ANSWERED);
    }

    @Override
    public void dismiss(long id, Bytes signature) {
      acts.add("dismiss " + id + " " + signature.toHex());
      change(id, DEVICE, State.DISMISSED);
    }
  }

  @BeforeEach
  void open() throws Exception {
    new Random(1).nextBytes(content);
    piece = new CommP(CommP.Keep.TREE).update(content, 0, content.length).finishTree().commitment();
    store = new PieceStore(folder, 1 << 20, 0, InstantSource.fixed(NOW));
    store.receive(piece, () -> new ByteArrayInputStream(content));
    defence = fresh();
  }

  private Defence fresh() {
    return new Defence(
        DEVICE, store, deal -> Optional.ofNullable(ends.get(deal)), InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void run() throws IOException {
    for (int i = 0; i < 5; i++) {
      defence.step(court);
    }
  }

  @Test
  void itDrawsWhenItCanAndShowsTheLeavesThatWereDrawn() throws Exception {
    court.summon(new DeviceId(3), CourtFeed.State.DRAWABLE, LATER);
    court.summon(DEVICE, CourtFeed.State.WAITING, LATER);
    run();
    assertThat(court.acts).isEmpty();
    court.change(2, DEVICE, CourtFeed.State.DRAWABLE);
    run();
    assertThat(court.acts).containsExactly("draw 2", "answer 2");
    for (int i = 0; i < CHALLENGES; i++) {
      PieceProof proof = PieceProof.decode(court.shown.get(i));
      long leaf = Challenges.leaf(SEED, DEAL, i, piece.leafCount());
      assertThat(PieceProofs.verify(piece, leaf, proof)).isTrue();
    }
    assertThat(defence.lines()).hasSize(1);
    assertThat(defence.lines().getFirst().summons().state()).isEqualTo(CourtFeed.State.ANSWERED);
  }

  @Test
  void whatKeepsItFromAnsweringIsSaidUntilItIsGone() throws Exception {
    court.account = false;
    court.summon(DEVICE, CourtFeed.State.DRAWN, LATER);
    run();
    assertThat(why()).contains("no account");
    court.account = true;
    Path file = data();
    Path away = folder.resolve("away");
    Files.move(file, away);
    run();
    assertThat(court.acts).isEmpty();
    assertThat(why()).contains(String.valueOf(file.getFileName()));
    Files.move(away, file);
    run();
    assertThat(court.acts).containsExactly("answer 1");
    assertThat(why()).isEmpty();
  }

  @Test
  void anAnswerAfterTheDeadlineIsNotTried() throws Exception {
    court.summon(DEVICE, CourtFeed.State.DRAWN, NOW.minusSeconds(1));
    run();
    assertThat(court.acts).isEmpty();
    assertThat(why()).contains("over");
  }

  @Test
  void aSummonsForADealThatItsPayerEndedIsDismissed() throws Exception {
    ends.put(DEAL, Bytes.of((byte) 0x0a));
    store.delete(piece);
    court.summon(DEVICE, CourtFeed.State.WAITING, LATER);
    run();
    assertThat(court.acts).containsExactly("dismiss 1 " + Bytes.of((byte) 0x0a).toHex());
  }

  @Test
  void aSummonsThatAReplacedBlockBringsUnderAnOldNumberIsSeen() throws Exception {
    court.summon(new DeviceId(3), CourtFeed.State.WAITING, LATER);
    defence.step(court);
    court.change(1, DEVICE, CourtFeed.State.DRAWN);
    run();
    assertThat(court.acts).containsExactly("answer 1");
  }

  private String why() {
    return defence.lines().getFirst().why();
  }

  private Path data() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".data")).findFirst().orElseThrow();
    }
  }

  @Test
  void theEndOfADealIsKnownUntilTheDealWouldHaveEndedByItself() throws Exception {
    Path file = folder.resolve("ends.log");
    Bytes signature = Bytes.of((byte) 1, (byte) 2);
    try (DealEnds kept = new DealEnds(file, new SlotNumber(5))) {
      kept.keep(DEAL, new SlotNumber(10), signature);
      kept.keep(SEED, new SlotNumber(20), signature);
    }
    try (DealEnds kept = new DealEnds(file, new SlotNumber(9))) {
      assertThat(kept.find(DEAL)).contains(signature);
    }
    try (DealEnds kept = new DealEnds(file, new SlotNumber(10))) {
      assertThat(kept.find(DEAL)).isEmpty();
      assertThat(kept.find(SEED)).contains(signature);
    }
  }
}
