package org.groundwork.node.mqtt;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.groundwork.node.chain.RegistryFeed;
import org.groundwork.node.gateway.Admission;
import org.groundwork.node.http.SenderAddress;
import org.groundwork.protocol.DeploymentId;

/** A gateway's MQTT endpoint. */
public final class MqttServer implements AutoCloseable {
  /** Decoding takes a few microseconds a packet; signatures have threads of their own. */
  private static final int NETWORK_THREADS = 2;

  private static final int BACKLOG = 4_096;
  private static final int MIN_READ = 64;
  private static final int FIRST_READ = 512;
  private static final int MAX_READ = 16 << 10;
  private static final int FEW_UNSENT = 32 << 10;
  private static final int MANY_UNSENT = 64 << 10;
  private static final int MAX_CLIENT_ID = 128;

  private final MqttSettings settings;
  private final Broker broker;
  private final ExecutorService executor;
  private final EventLoopGroup threads;
  private final Optional<SslContext> tls;
  private final AtomicInteger connections = new AtomicInteger();
  private final Channel listening;

  private MqttServer(MqttSettings settings, Broker broker, ExecutorService executor)
      throws IOException {
    this.settings = settings;
    this.broker = broker;
    this.executor = executor;
    tls =
        settings.tls().isPresent() ? Optional.of(settings.tls().get().context()) : Optional.empty();
    threads = new MultiThreadIoEventLoopGroup(NETWORK_THREADS, NioIoHandler.newFactory());
    listening = listen();
  }

  /**
   * Starts listening.
   *
   * @param folder where statuses are kept
   * @throws IOException if the address is taken, or the certificate cannot be read
   */
  public static MqttServer start(
      MqttSettings settings,
      DeploymentId deployment,
      RegistryFeed devices,
      Admission admission,
      Readers readers,
      Path folder,
      InstantSource clock,
      MeterRegistry meters)
      throws IOException {
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    Statuses statuses = new Statuses(folder.resolve("mqtt-statuses.log"));
    Sessions sessions = new Sessions(devices, statuses, meters);
    MqttLogin login = new MqttLogin(deployment, devices, admission, readers, clock);
    Broker broker = new Broker(settings, login, admission, sessions, executor, clock);
    MqttServer server;
    try {
      server = new MqttServer(settings, broker, executor);
    } catch (IOException e) {
      statuses.close();
      throw e;
    }
    sessions.start();
    admission.onDurable(sessions::accepted);
    return server;
  }

  private Channel listen() throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(MIN_READ, FIRST_READ, MAX_READ))
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(FEW_UNSENT, MANY_UNSENT))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                });
    var bound = bootstrap.bind(settings.host(), settings.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stopThreads();
      throw new IOException(
          "No MQTT client can reach %s:%d: another program listens, or the address is not of this"
                  .formatted(settings.host(), settings.port())
              + " machine",
          bound.cause());
    }
    return bound.channel();
  }

  private void accept(SocketChannel channel) {
    if (connections.incrementAndGet() > settings.maxConnections()) {
      connections.decrementAndGet();
      var _ = channel.close();
      return;
    }
    var _ = channel.closeFuture().addListener(_ -> connections.decrementAndGet());
    String address = SenderAddress.of(channel.remoteAddress().getAddress());
    ChannelPipeline pipeline = channel.pipeline();
    tls.ifPresent(context -> pipeline.addLast(context.newHandler(channel.alloc())));
    pipeline.addLast(
        new LoginGuard(),
        new MqttDecoder(settings.maxPacketBytes(), MAX_CLIENT_ID),
        MqttEncoder.INSTANCE,
        new MqttConnection(broker, channel, broker.admission().sender(address)));
  }

  /** {@code mqtt://} or, with TLS, {@code mqtts://}. */
  public URI uri() {
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    return URI.create((tls.isPresent() ? "mqtts://" : "mqtt://") + settings.host() + ":" + port);
  }

  /** Tells everybody, then hangs up. */
  @Override
  public void close() throws IOException {
    var _ = listening.close().awaitUninterruptibly();
    broker.sessions().all().forEach(MqttConnection::shutDown);
    executor.shutdownNow();
    stopThreads();
    broker.sessions().close();
  }

  private void stopThreads() {
    var _ = threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
