package org.groundwork.node.mqtt;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.DeviceToken;
import org.groundwork.agent.Gateways;
import org.groundwork.node.HttpGateways;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A device's reports by MQTT to one gateway's broker, over one connection that is opened when it is
 * first needed and again when it was lost. While it is open the device's status is {@code online},
 * after it is lost {@code offline}. Used by one thread, an {@link org.groundwork.agent.Outbox}'s.
 */
public final class MqttGateways implements Gateways, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(10);
  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;

  /** Reports under way; the broker takes twice as many. */
  private static final int WINDOW = Inbox.FULL / 2;

  /** What refusals of a gateway begin with. */
  private static final String REFUSED = "refused.";

  private final SigningDomain domain;
  private final HttpGateways.Directory directory;
  private final DeviceIdentity identity;
  private final URI broker;
  private final Optional<SslContext> tls;
  private final InstantSource clock;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private @Nullable MqttClient open;

  /**
   * The way to one broker.
   *
   * @param directory whose promises are believed
   * @param broker {@code mqtt://HOST:PORT}, or {@code mqtts://} with TLS
   * @param authorities PEM certificates that the broker's is checked against; the system's without
   * @throws IOException if the address or the certificates cannot be used
   */
  public MqttGateways(
      SigningDomain domain,
      HttpGateways.Directory directory,
      DeviceIdentity identity,
      URI broker,
      Optional<Path> authorities,
      InstantSource clock)
      throws IOException {
    this.domain = domain;
    this.directory = directory;
    this.identity = identity;
    this.broker = broker;
    this.clock = clock;
    tls = tls(broker, authorities);
  }

  private static Optional<SslContext> tls(URI broker, Optional<Path> authorities)
      throws IOException {
    String scheme = String.valueOf(broker.getScheme());
    if (broker.getHost() == null || !(scheme.equals("mqtt") || scheme.equals("mqtts"))) {
      throw new IOException(
          "\"" + broker + "\" is no broker: write mqtt://HOST:PORT or mqtts://HOST:PORT.");
    }
    if (scheme.equals("mqtt")) {
      return Optional.empty();
    }
    SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
    try {
      authorities.ifPresent(file -> builder.trustManager(file.toFile()));
      return Optional.of(builder.build());
    } catch (IllegalArgumentException e) {
      throw new IOException("The certificates cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public List<Answer> submit(List<Report> reports) throws IOException {
    MqttClient client = client();
    String topic = new Topic.Report(identity.network(), identity.device()).text();
    List<CompletableFuture<MqttClient.PubAck>> acknowledged = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    for (Report report : reports) {
      acknowledged.add(client.publish(topic, report.encode(), false));
      int oldest = acknowledged.size() - WINDOW;
      if (oldest >= 0) {
        answers.add(answer(reports.get(oldest), await(acknowledged.get(oldest))));
      }
    }
    for (int i = answers.size(); i < reports.size(); i++) {
      answers.add(answer(reports.get(i), await(acknowledged.get(i))));
    }
    return answers;
  }

  private MqttClient client() throws IOException {
    MqttClient known = open;
    if (known != null && known.isOpen()) {
      return known;
    }
    Instant expires = Instant.ofEpochSecond(clock.instant().plus(TOKEN_LIFETIME).getEpochSecond());
    DeviceToken token = new DeviceToken(identity.deployment(), identity.device(), expires);
    int port = broker.getPort() >= 0 ? broker.getPort() : tls.isPresent() ? TLS_PORT : PORT;
    String device = identity.device().toString();
    String status = new Topic.Status(identity.network(), identity.device()).text();
    MqttClient.Login login =
        new MqttClient.Login(
            new InetSocketAddress(broker.getHost(), port),
            tls,
            "outbox-" + device,
            device,
            token.sign(identity.signer()),
            Optional.of(new MqttClient.Login.Status(status, "online", "offline")));
    MqttClient fresh = await(MqttClient.connect(threads, login));
    open = fresh;
    return fresh;
  }

  private static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException known
          ? new IOException(known.getMessage(), known)
          : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("The broker did not answer for " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the broker was asked");
    }
  }

  private Answer answer(Report report, MqttClient.PubAck acknowledged) throws IOException {
    if (acknowledged.code() >= MqttClient.PubAck.FIRST_REFUSAL) {
      String reason = acknowledged.reason();
      int colon = reason.indexOf(": ");
      if (!reason.startsWith(REFUSED) || colon < 0) {
        throw new IOException(broker + " refuses: " + reason);
      }
      return new Answer.Refused(
          reason.substring(0, colon),
          reason.substring(colon + 2),
          acknowledged.properties().containsKey(MqttReplies.RETRY));
    }
    return new Answer.Promised(promise(report, acknowledged));
  }

  private Promise promise(Report report, MqttClient.PubAck acknowledged) throws IOException {
    try {
      String hex = acknowledged.properties().getOrDefault(MqttReplies.PROMISE, "");
      Promise promise = Promise.decode(Bytes.fromHex(hex));
      boolean staked =
          directory.gateways().stream().anyMatch(known -> known.signer().equals(promise.gateway()));
      if (staked
          && promise.report().equals(Sha256.hash(report.body().unsafeArray()))
          && promise.isGenuine(domain)) {
        return promise;
      }
    } catch (Malformed | IllegalArgumentException e) {
      throw new IOException(broker + " gave a promise that cannot be read", e);
    }
    throw new IOException(broker + " gave a promise that is worth nothing");
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
    var _ = threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
