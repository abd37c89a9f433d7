package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayBodyTest {
  /** Asks for so many parts at first, and for so many after each. */
  private static final class Reader implements Flow.Subscriber<ByteBuffer> {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final long first;
    private final long then;
    private final List<Flow.Subscription> subscriptions = new ArrayList<>();
    private int parts;
    private int ends;
    private int errors;
    private int cancelAfter = Integer.MAX_VALUE;

    Reader(long first, long then) {
      this.first = first;
      this.then = then;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscriptions.add(given);
      given.request(first);
    }

    @Override
    public void onNext(ByteBuffer part) {
      assertThat(ends + errors).isZero();
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      all.writeBytes(bytes);
      parts++;
      if (parts == cancelAfter) {
        subscriptions.getFirst().cancel();
      } else if (then > 0) {
        subscriptions.getFirst().request(then);
      }
    }

    @Override
    public void onError(Throwable error) {
      errors++;
    }

    @Override
    public void onComplete() {
      ends++;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "131072, 1, 1",
    "131073, 1, 1",
    "1000000, 1, 1",
    "1000000, 3, 2",
    "1000000, 9223372036854775807, 0",
    "1000000, 9223372036854775807, 9223372036854775807"
  })
  void allBytesComeOnceInOrder(int length, long first, long then) {
    byte[] content = content(length);
    Reader reader = new Reader(first, then);
    new ArrayBody(content).subscribe(reader);
    assertThat(reader.all.toByteArray()).isEqualTo(content);
    assertThat(reader.ends).isOne();
    assertThat(reader.errors).isZero();
  }

  @Test
  void noMoreComesThanWasAskedFor() {
    Reader reader = new Reader(2, 0);
    new ArrayBody(content(1_000_000)).subscribe(reader);
    assertThat(reader.parts).isEqualTo(2);
    assertThat(reader.ends).isZero();
    reader.subscriptions.getFirst().request(1);
    assertThat(reader.parts).isEqualTo(3);
  }

  @Test
  void nothingComesAfterAnEnd() {
    Reader reader = new Reader(1, 1);
    reader.cancelAfter = 2;
    new ArrayBody(content(1_000_000)).subscribe(reader);
    reader.subscriptions.getFirst().request(5);
    assertThat(reader.parts).isEqualTo(2);
    assertThat(reader.ends).isZero();
  }

  @Test
  void askingForNothingIsAnError() {
    Reader reader = new Reader(0, 1);
    new ArrayBody(content(10)).subscribe(reader);
    assertThat(reader.errors).isOne();
    assertThat(reader.parts).isZero();
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }
}
