package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.MetadataRoot;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PriceTag;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/** Providers in memory, reached without a network, and the chain that lists them. */
final class MemoryNetwork implements ChainFeed, ProviderClient, InstantSource {
  static final NetworkId NETWORK = new NetworkId(1);
  private static final EpochSchedule SCHEDULE = new EpochSchedule(1_000_000, 60, 5, 2);
  private static final SigningDomain DOMAIN =
      SigningDomain.of(BigInteger.TEN, new AccountId(Bytes.wrap(new byte[20])));

  /** One provider: what it holds, and how it behaves. */
  static final class Node {
    final DeviceId id;
    final AccountId owner;
    final DeviceKey key;
    final Map<PieceCommitment, byte[]> pieces = new ConcurrentHashMap<>();
    final Set<Hash> deals = ConcurrentHashMap.newKeySet();
    final Map<AccountId, MetadataRoot.Signed> roots = new ConcurrentHashMap<>();
    volatile boolean down;
    volatile boolean slow;
    volatile boolean altering;
    volatile boolean isLeaving;
    volatile long price = 1 << 30;
    volatile Optional<PriceTag.Signed> tag = Optional.empty();

    Node(long number, AccountId owner) {
      id = new DeviceId(number);
      this.owner = owner;
      key =
          DeviceKey.fromSecret(
              KeyType.ED25519,
              Sha256.hash(new CanonicalWriter().u64(number).toBytes().toArray()).toArray());
    }
  }

  final Map<DeviceId, Node> nodes = new TreeMap<>();
  private final Map<DeviceId, ListedDevice> listed = new TreeMap<>();
  volatile Instant now = Instant.ofEpochSecond(SCHEDULE.genesis() + 1);

  Node add(AccountId owner) {
    Node node = new Node(nodes.size() + 1L, owner);
    nodes.put(node.id, node);
    list(node, node.key.publicKey());
    return node;
  }

  /** Lists a node, from now on with this key. */
  void list(Node node, PublicKey key) {
    Device device = new Device(node.id, NETWORK, node.owner, key, 0);
    listed.put(node.id, new ListedDevice(device, "memory://node" + node.id));
  }

  /** Adds nodes, each of another owner. */
  MemoryNetwork with(int count) {
    for (int i = 0; i < count; i++) {
      add(account(nodes.size() + 1L));
    }
    return this;
  }

  static AccountId account(long number) {
    return new AccountId(new CanonicalWriter().raw(Bytes.wrap(new byte[12])).u64(number).toBytes());
  }

  Node node(DeviceId id) {
    return Objects.requireNonNull(nodes.get(id));
  }

  private Node at(String endpoint) throws IOException {
    Node node = node(new DeviceId(Long.parseLong(endpoint.substring("memory://node".length()))));
    if (node.down) {
      throw new ConnectException("down");
    }
    return node;
  }

  @Override
  public Terms terms(String endpoint) throws IOException {
    Node node = at(endpoint);
    return new Terms(Credits.of(node.price), Credits.of(1 << 20), 1L << 40, node.isLeaving);
  }

  @Override
  public Optional<PriceTag.Signed> price(String endpoint) throws IOException {
    return at(endpoint).tag;
  }

  @Override
  public void put(String endpoint, PieceCommitment piece, byte[] content) throws IOException {
    Node node = at(endpoint);
    if (!CommP.of(content).equals(piece)) {
      throw new ProviderException(422, "piece.wrong-content", "");
    }
    node.pieces.put(piece, content.clone());
  }

  @Override
  public Promise deal(String endpoint, SignedDeal deal) throws IOException {
    Node node = at(endpoint);
    if (deal.deal().rate().compareTo(Credits.ZERO) <= 0 || !deal.isGenuine(DOMAIN)) {
      throw new ProviderException(400, "deal.bad", "");
    }
    node.deals.add(deal.deal().id());
    return new Promise(
        node.owner, slot(), deal.deal().id(), 0, 1, List.of(), Bytes.wrap(new byte[65]));
  }

  @Override
  public void end(String endpoint, Hash deal, Bytes signature) throws IOException {
    at(endpoint).deals.remove(deal);
  }

  @Override
  public boolean holds(String endpoint, PieceCommitment piece) {
    try {
      return at(endpoint).pieces.containsKey(piece);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public byte[] get(String endpoint, PieceCommitment piece, SignedVoucher voucher)
      throws IOException {
    Node node = at(endpoint);
    if (node.slow) {
      throw new HttpTimeoutException("no answer");
    }
    byte[] content = node.pieces.get(piece);
    if (content == null) {
      throw new ProviderException(404, "piece.unknown", "");
    }
    byte[] sent = content.clone();
    if (node.altering) {
      sent[sent.length / 2] ^= 1;
    }
    return sent;
  }

  @Override
  public Optional<MetadataRoot.Signed> root(String endpoint, AccountId account) throws IOException {
    return Optional.ofNullable(at(endpoint).roots.get(account));
  }

  @Override
  public void leave(String endpoint, MetadataRoot.Signed root) throws IOException {
    Node node = at(endpoint);
    if (!root.isGenuine(DOMAIN)) {
      throw new ProviderException(403, "request.unsigned", "");
    }
    node.roots.merge(
        root.root().payer(), root, (a, b) -> a.root().number() > b.root().number() ? a : b);
  }

  SlotNumber slot() {
    return SCHEDULE.slotAt(now.getEpochSecond());
  }

  @Override
  public SigningDomain domain() {
    return DOMAIN;
  }

  @Override
  public EpochSchedule schedule() {
    return SCHEDULE;
  }

  @Override
  public Optional<ListedDevice> device(DeviceId id) {
    return Optional.ofNullable(listed.get(id));
  }

  @Override
  public List<ListedDevice> devices(NetworkId network) {
    return List.copyOf(listed.values());
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) {
    return Optional.empty();
  }

  @Override
  public List<Reservation> reservationsOf(AccountId payer) {
    return nodes.values().stream()
        .map(node ->
            new Reservation(
                new ReservationId(Sha256.hash(node.owner.bytes().toArray())),
                payer,
                NETWORK,
                node.owner,
                Credits.of(1L << 60),
                TokenAmount.of(1L << 60),
                new EpochNumber(1_000_000)))
        .toList();
  }

  @Override
  public Optional<SessionKey> sessionKey(
      NetworkId network, AccountId account, AccountId key, EpochNumber epoch) {
    return Optional.empty();
  }

  @Override
  public Optional<Seed> seed(NetworkId network, SlotNumber slot) {
    return Optional.empty();
  }

  @Override
  public Instant instant() {
    return now;
  }
}
