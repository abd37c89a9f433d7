package org.groundwork.networks.storage.customer;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The body of a request, sent from the array that it is in; the JDK's own publisher copies all of
 * it first. The array stays as it is until the request is over.
 */
final class ArrayBody implements Flow.Publisher<ByteBuffer> {
  private static final int PART = 128 * 1024;

  private final byte[] content;

  /**
   * @param content not empty
   */
  ArrayBody(byte[] content) {
    this.content = content;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Sending(content, subscriber));
  }

  private static final class Sending implements Flow.Subscription {
    private final byte[] content;
    private final Flow.Subscriber<? super ByteBuffer> subscriber;

    /** Parts that were asked for and not yet given; whoever makes it more than none gives them. */
    private final AtomicLong asked = new AtomicLong();

    private int sent;
    private volatile boolean over;

    Sending(byte[] content, Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.content = content;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long parts) {
      if (parts < 1) {
        over = true;
        subscriber.onError(new IllegalArgumentException(parts + " parts were asked for"));
      } else if (asked.getAndAccumulate(parts, Sending::sum) == 0) {
        give();
      }
    }

    private void give() {
      do {
        if (over) {
          return;
        }
        int length = Math.min(PART, content.length - sent);
        ByteBuffer part = ByteBuffer.wrap(content, sent, length);
        sent += length;
        subscriber.onNext(part);
        if (sent == content.length && !over) {
          over = true;
          subscriber.onComplete();
        }
      } while (asked.decrementAndGet() > 0);
    }

    private static long sum(long one, long other) {
      long sum = one + other;
      return sum < 0 ? Long.MAX_VALUE : sum;
    }

    @Override
    public void cancel() {
      over = true;
    }
  }
}
