package org.groundwork.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;

/** What a decoder accepts, it encodes to the same bytes; it throws nothing but Malformed. */
class CodecsTest {
  private interface Codec {
    Bytes recode(Bytes encoded) throws Malformed;
  }

  private static final DeviceKey KEY = DeviceKey.fromSecret(KeyType.ED25519, hash("key").toArray());
  private static final ReportBody BODY =
      new ReportBody(
          new DeploymentId(hash("deployment")),
          new NetworkId(3),
          new DeviceId(9),
          KEY.publicKey().hash(),
          Sequence.of(new EpochNumber(0xFFFF_FFFFL), 0xFFFF_FFFFL),
          Bytes.fromHex("01020304"));
  private static final Deal DEAL =
      new Deal(
          new DeploymentId(hash("deployment")),
          new NetworkId(3),
          new DeviceId(9),
          account("payer"),
          account("seller"),
          new ReservationId(hash("reservation")),
          Credits.of(5),
          new Credits(BigInteger.TWO.pow(256).subtract(BigInteger.ONE)),
          new SlotNumber(7),
          new SlotNumber(Long.MAX_VALUE),
          Bytes.fromHex("aabb"));
  private static final Voucher VOUCHER =
      new Voucher(
          new DeploymentId(hash("deployment")),
          new NetworkId(3),
          account("payer"),
          account("seller"),
          new ReservationId(hash("reservation")),
          hash("session"),
          Credits.of(77));
  private static final ScopeDeal SCOPE = scope(List.of(7L, 0x871F1D48FFFFFFFL, Long.MAX_VALUE));
  private static final Bytes SIGNATURE =
      AccountKey.fromSecret(hash("account").toArray()).sign(hash("digest"));
  private static final Promise PROMISE =
      new Promise(
          account("gateway"),
          new SlotNumber(4),
          hash("report"),
          1,
          3,
          List.of(hash("a"), hash("b")),
          SIGNATURE);

  private static final Map<String, Codec> CODECS =
      Map.of(
          "signed scope deal",
          CodecsTest::recodeSignedScopeDeal,
          "product deal",
          CodecsTest::recodeProductDeal,
          "body",
          in -> ReportBody.decode(in).encode(),
          "report",
          in -> Report.decode(in).encode(),
          "hello",
          in -> Hello.decode(in).encode(),
          "promise",
          in -> Promise.decode(in).encode(),
          "deal",
          CodecsTest::recodeDeal,
          "voucher",
          CodecsTest::recodeVoucher,
          "signed deal",
          CodecsTest::recodeSignedDeal,
          "signed voucher",
          CodecsTest::recodeSignedVoucher);

  private static Map<String, Bytes> samples() {
    CanonicalWriter deal = new CanonicalWriter();
    DEAL.write(deal);
    CanonicalWriter voucher = new CanonicalWriter();
    VOUCHER.write(voucher);
    CanonicalWriter signedDeal = new CanonicalWriter();
    new SignedDeal(DEAL, SIGNATURE).write(signedDeal);
    CanonicalWriter signedVoucher = new CanonicalWriter();
    new SignedVoucher(VOUCHER, SIGNATURE).write(signedVoucher);
    CanonicalWriter signedScope = new CanonicalWriter();
    new SignedScopeDeal(SCOPE, SIGNATURE).write(signedScope);
    CanonicalWriter product = new CanonicalWriter();
    new ProductDeal(SCOPE, 2, SIGNATURE).write(product);
    return Map.of(
        "product deal", product.toBytes(),
        "signed scope deal", signedScope.toBytes(),
        "body", BODY.encode(),
        "report", Report.sign(BODY, KEY).encode(),
        "hello", new Hello(account("owner"), -1).encode(),
        "promise", PROMISE.encode(),
        "deal", deal.toBytes(),
        "voucher", voucher.toBytes(),
        "signed deal", signedDeal.toBytes(),
        "signed voucher", signedVoucher.toBytes());
  }

  @Test
  void readBackWhatTheyWrote() throws Malformed {
    assertThat(ReportBody.decode(BODY.encode())).isEqualTo(BODY);
    Report report = Report.sign(BODY, KEY);
    assertThat(Report.decode(report.encode())).isEqualTo(report);
    assertThat(report.parse()).isEqualTo(BODY);
    assertThat(Promise.decode(PROMISE.encode())).isEqualTo(PROMISE);
    for (Map.Entry<String, Bytes> sample : samples().entrySet()) {
      assertThat(codec(sample.getKey()).recode(sample.getValue())).isEqualTo(sample.getValue());
    }
  }

  @Test
  void refuseTrailingBytesAndEveryTruncation() {
    samples()
        .forEach((name, whole) -> {
          Codec codec = codec(name);
          Bytes longer = new CanonicalWriter().raw(whole).u8(0).toBytes();
          assertThatThrownBy(() -> codec.recode(longer)).isInstanceOf(Malformed.class);
          for (int size = 0; size < whole.size(); size++) {
            Bytes part = whole.slice(0, size);
            assertThatThrownBy(() -> codec.recode(part))
                .as("%s of %s bytes", name, size)
                .isInstanceOf(Malformed.class);
          }
        });
  }

  @Test
  void acceptNoSecondEncodingOfAnything() {
    Random random = new Random(0xC0DEC);
    samples()
        .forEach((name, whole) -> {
          for (int i = 0; i < 3000; i++) {
            checkSame(name, mutate(random, whole.toArray()));
          }
        });
  }

  @FuzzTest(maxDuration = "60s")
  void takeAnything(byte[] data) {
    CODECS.keySet().forEach(name -> checkSame(name, data));
  }

  @Test
  void refuseBodiesOutOfBounds() {
    byte[] encoded = BODY.encode().toArray();
    assertRefused(encoded, 0, 0); // version
    assertRefused(encoded, 0, 4);
    assertRefused(encoded, 33, 0x80); // network above 2^31
    assertRefused(encoded, 37, 0x80); // device above 2^63
    byte[] noPayload = new byte[89];
    System.arraycopy(encoded, 0, noPayload, 0, 85);
    assertThatThrownBy(() -> ReportBody.decode(Bytes.wrap(noPayload)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("empty payload");
    byte[] longPayload = encoded.clone();
    longPayload[86] = 1;
    longPayload[88] = 1;
    assertThatThrownBy(() -> ReportBody.decode(Bytes.wrap(longPayload)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("too long");
  }

  @Test
  void refuseScopesWhoseCellsAreOutOfOrderOrOfOtherTerms() {
    for (List<Long> cells :
        List.of(List.<Long>of(), List.of(2L, 1L), List.of(1L, 1L), List.of(0L), List.of(-1L, 1L))) {
      assertThatThrownBy(() -> scope(cells)).isInstanceOf(IllegalArgumentException.class);
    }
    List<Long> most = LongStream.rangeClosed(1, ScopeDeal.MAX_CELLS).boxed().toList();
    assertThat(scope(most).cells()).hasSize(ScopeDeal.MAX_CELLS);
    List<Long> tooMany = LongStream.rangeClosed(1, ScopeDeal.MAX_CELLS + 1).boxed().toList();
    assertThatThrownBy(() -> scope(tooMany)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ScopeDeal(SCOPE.terms(), List.of(7L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other cells");
  }

  @Test
  void doNotSignForAnotherKey() {
    DeviceKey other = DeviceKey.fromSecret(KeyType.P256, hash("other").toArray());
    assertThatThrownBy(() -> Report.sign(BODY, other)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void identifyAReportByItsBody() {
    Report report = Report.sign(BODY, KEY);
    assertThat(BODY.hash()).isEqualTo(Sha256.hash(report.body().toArray()));
  }

  private static void assertRefused(byte[] encoded, int at, int value) {
    byte[] changed = encoded.clone();
    changed[at] = (byte) value;
    assertThatThrownBy(() -> ReportBody.decode(Bytes.wrap(changed))).isInstanceOf(Malformed.class);
  }

  private static void checkSame(String name, byte[] data) {
    Bytes encoded = Bytes.wrap(data);
    Bytes again;
    try {
      again = codec(name).recode(encoded);
    } catch (Malformed e) {
      return;
    }
    assertThat(again).as(name).isEqualTo(encoded);
  }

  private static byte[] mutate(Random random, byte[] data) {
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(data.length);
      data[at] =
          switch (random.nextInt(3)) {
            case 0 -> (byte) random.nextInt();
            case 1 -> (byte) (data[at] ^ 1 << random.nextInt(8));
            default -> (byte) (random.nextBoolean() ? 0xFF : 0);
          };
    }
    return data;
  }

  private static Codec codec(String name) {
    return Objects.requireNonNull(CODECS.get(name));
  }

  private static Bytes recodeDeal(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    CanonicalWriter out = new CanonicalWriter();
    Deal.read(in).write(out);
    in.end();
    return out.toBytes();
  }

  private static Bytes recodeProductDeal(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    CanonicalWriter out = new CanonicalWriter();
    ProductDeal.read(in).write(out);
    in.end();
    return out.toBytes();
  }

  private static Bytes recodeSignedScopeDeal(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    CanonicalWriter out = new CanonicalWriter();
    SignedScopeDeal.read(in).write(out);
    in.end();
    return out.toBytes();
  }

  private static Bytes recodeVoucher(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    CanonicalWriter out = new CanonicalWriter();
    Voucher.read(in).write(out);
    in.end();
    return out.toBytes();
  }

  private static Bytes recodeSignedDeal(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    CanonicalWriter out = new CanonicalWriter();
    SignedDeal.read(in).write(out);
    in.end();
    return out.toBytes();
  }

  private static Bytes recodeSignedVoucher(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    CanonicalWriter out = new CanonicalWriter();
    SignedVoucher.read(in).write(out);
    in.end();
    return out.toBytes();
  }

  private static ScopeDeal scope(List<Long> cells) {
    return new ScopeDeal(
        new ScopeTerms(
            new DeploymentId(hash("deployment")),
            new NetworkId(3),
            hash("nonce"),
            account("payer"),
            new ReservationId(hash("reservation")),
            ScopeDeal.hash(cells),
            Credits.of(5),
            Credits.of(77),
            new EpochNumber(7),
            new EpochNumber(0xFFFF_FFFFL)),
        cells);
  }

  private static AccountId account(String name) {
    return new AccountId(hash(name).bytes().slice(0, AccountId.SIZE));
  }

  private static Hash hash(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.US_ASCII));
  }
}
