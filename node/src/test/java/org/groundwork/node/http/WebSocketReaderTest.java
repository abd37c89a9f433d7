package org.groundwork.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.wire.StreamAnswer;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;

/** Whatever comes, frames are read as they were meant, or refused; memory stays bounded. */
class WebSocketReaderTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 20_000;
  private static final int MAX = 1000;

  @FuzzTest
  void frames(byte[] input) {
    check(input);
  }

  @FuzzTest
  void answers(byte[] input) {
    checkAnswers(input);
  }

  @Test
  void readsMessagesHoweverTheyAreCut() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      List<Bytes> sent = new ArrayList<>();
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      for (int i = random.nextInt(5); i >= 0; i--) {
        byte[] content = new byte[random.nextInt(MAX + 1)];
        random.nextBytes(content);
        sent.add(Bytes.wrap(content));
        wire.writeBytes(cut(Bytes.wrap(content), random));
      }
      WebSocketReader reader =
          new WebSocketReader(new ByteArrayInputStream(wire.toByteArray()), MAX);
      List<Bytes> read = new ArrayList<>();
      WebSocketReader.Event event = reader.next();
      while (!(event instanceof WebSocketReader.Event.Close)) {
        if (event instanceof WebSocketReader.Event.Message(Bytes content)) {
          read.add(content);
        }
        event = reader.next();
      }
      assertThat(read).isEqualTo(sent);
    }
  }

  @Test
  void mutatedFrames() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = new byte[random.nextInt(400)];
      random.nextBytes(content);
      byte[] wire = cut(Bytes.wrap(content), random);
      for (int edits = random.nextInt(4); edits > 0; edits--) {
        wire[random.nextInt(Math.min(wire.length, 16))] = (byte) random.nextInt();
      }
      check(wire);
    }
  }

  @Test
  void mutatedAnswers() throws Malformed {
    CanonicalWriter out = new CanonicalWriter();
    StreamAnswer.write(out, "refused.busy", 1000);
    StreamAnswer.write(out, "refused.malformed", 0);
    byte[] good = out.toBytes().toArray();
    assertThat(StreamAnswer.decode(Bytes.wrap(good), 2))
        .containsExactly(
            new StreamAnswer.Refused("refused.busy", 1000),
            new StreamAnswer.Refused("refused.malformed", 0));
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutated = good.clone();
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      checkAnswers(mutated);
    }
  }

  private static byte[] cut(Bytes content, Random random) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    int opcode = 2;
    int at = 0;
    while (random.nextInt(3) == 0) {
      int to = at + random.nextInt(content.size() - at + 1);
      wire.writeBytes(RawWebSocket.frame(opcode, content.slice(at, to)));
      if (random.nextBoolean()) {
        wire.writeBytes(RawWebSocket.frame(0x89, Bytes.of((byte) 1)));
      }
      opcode = 0;
      at = to;
    }
    wire.writeBytes(RawWebSocket.frame(0x80 | opcode, content.slice(at, content.size())));
    return wire.toByteArray();
  }

  private static void check(byte[] wire) {
    WebSocketReader reader = new WebSocketReader(new ByteArrayInputStream(wire), MAX);
    int read = 0;
    try {
      WebSocketReader.Event event = reader.next();
      while (!(event instanceof WebSocketReader.Event.Close)) {
        switch (event) {
          case WebSocketReader.Event.Message(Bytes content) -> {
            assertThat(content.size()).isLessThanOrEqualTo(MAX);
            read += content.size();
          }
          case WebSocketReader.Event.Ping(Bytes content) ->
              assertThat(content.size()).isLessThanOrEqualTo(WebSocketReader.MAX_CONTROL);
          case WebSocketReader.Event.Close() -> throw new AssertionError("looked at twice");
        }
        event = reader.next();
      }
      assertThat(read).isLessThanOrEqualTo(wire.length);
    } catch (WebSocketFailure refused) {
      assertThat(refused.code()).isBetween(1002, 1009);
    } catch (IOException cutOff) {
      assertThat(cutOff).hasMessageContaining("cut off");
    }
  }

  private static void checkAnswers(byte[] input) {
    try {
      for (StreamAnswer answer : StreamAnswer.decode(Bytes.wrap(input), 2)) {
        if (answer instanceof StreamAnswer.Promised(var promise)) {
          assertThat(promise.isGenuine(Reporter.DOMAIN)).isIn(true, false);
        }
      }
    } catch (Malformed refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }
}
