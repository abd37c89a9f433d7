package org.groundwork.networks.storage.s3;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataListener;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.buffers.LazyString;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * HTTP/1.1 whose header values come as the bytes that they are, one character for each; the web
 * server reads them as ASCII, and every other letter is lost.
 */
record ByteHeaders(ServerConnectionSelector http) implements ServerConnectionSelector {

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return http.connection(new Context(context, new Reader(context.dataReader())));
  }

  private record Context(ConnectionContext all, DataReader dataReader)
      implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return all.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return all.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return all.dataWriter();
    }

    @Override
    public Router router() {
      return all.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return all.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return all.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return all.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return all.localPeer();
    }

    @Override
    public boolean isSecure() {
      return all.isSecure();
    }

    @Override
    public String socketId() {
      return all.socketId();
    }

    @Override
    public String childSocketId() {
      return all.childSocketId();
    }
  }

  /** Another reader but for the letters of header values. */
  private static final class Reader extends DataReader {
    private final DataReader all;

    /** Deprecated because a later version of the server makes an interface of the class. */
    @SuppressWarnings("removal")
    Reader(DataReader all) {
      super(() -> new byte[0]);
      this.all = all;
    }

    @Override
    public LazyString readLazyString(Charset charset, int length) {
      return all.readLazyString(StandardCharsets.ISO_8859_1, length);
    }

    @Override
    public int available() {
      return all.available();
    }

    @Override
    public void pullData() {
      all.pullData();
    }

    @Override
    public void skip(int length) {
      all.skip(length);
    }

    @Override
    public void ensureAvailable() {
      all.ensureAvailable();
    }

    @Override
    public byte read() {
      return all.read();
    }

    @Override
    public byte lookup() {
      return all.lookup();
    }

    @Override
    public boolean startsWithNewLine() {
      return all.startsWithNewLine();
    }

    @Override
    public boolean startsWith(byte[] prefix) {
      return all.startsWith(prefix);
    }

    @Override
    public BufferData readBuffer() {
      return all.readBuffer();
    }

    @Override
    public BufferData readBuffer(int length) {
      return all.readBuffer(length);
    }

    @Override
    public BufferData getBuffer(int length) {
      return all.getBuffer(length);
    }

    @Override
    public String readAsciiString(int length) {
      return all.readAsciiString(length);
    }

    @Override
    public byte[] readBytes(int length) {
      return all.readBytes(length);
    }

    @Override
    public String readLine() throws IncorrectNewLineException {
      return all.readLine();
    }

    @Override
    public int findOrNewLine(byte searched, int max) throws IncorrectNewLineException {
      return all.findOrNewLine(searched, max);
    }

    @Override
    public String debugDataHex() {
      return all.debugDataHex();
    }

    @Override
    public int findNewLine(int max) throws IncorrectNewLineException {
      return all.findNewLine(max);
    }

    @Override
    public <T> void listener(DataListener<T> listener, T context) {
      all.listener(listener, context);
    }
  }
}
