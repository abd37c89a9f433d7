package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencesTest {
  @TempDir private Path folder;

  @Test
  void neverRepeatsOneHoweverOftenItStarts() throws IOException {
    Set<Sequence> seen = new HashSet<>();
    for (int start = 0; start < 5; start++) {
      // Not closed: as after a kill.
      Sequences sequences = new Sequences(folder.resolve("sequence"));
      for (int i = 0; i < 1500; i++) {
        assertThat(seen.add(sequences.next(new EpochNumber(start / 2)))).isTrue();
      }
    }
  }

  @Test
  void startsAnewInAnotherEpoch() throws IOException {
    try (Sequences sequences = new Sequences(folder.resolve("sequence"))) {
      sequences.next(new EpochNumber(3));
      assertThat(sequences.next(new EpochNumber(4))).isEqualTo(Sequence.of(new EpochNumber(4), 0));
    }
  }

  @Test
  void refusesAnEpochThatWasLeft() throws IOException {
    try (Sequences sequences = new Sequences(folder.resolve("sequence"))) {
      sequences.next(new EpochNumber(4));
      assertThatThrownBy(() -> sequences.next(new EpochNumber(3)))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
