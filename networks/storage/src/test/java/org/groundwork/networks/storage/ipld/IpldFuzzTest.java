package org.groundwork.networks.storage.ipld;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;

/** Whatever comes is read or refused; what is canonical is written again byte for byte. */
class IpldFuzzTest {
  private static final long SEED = 20_261_122;
  private static final int ROUNDS = 5_000;

  @FuzzTest
  void cidsAreReadCanonically(byte[] input) {
    cid(input);
    cidText(input);
  }

  @FuzzTest
  void carsAreReadOrRefused(byte[] input) throws IOException {
    car(input);
  }

  @FuzzTest
  void nodesAreReadOrRefused(byte[] input) {
    node(input);
  }

  @FuzzTest
  void requestsAreReadOrRefused(byte[] input) {
    request(input);
  }

  @FuzzTest
  void recordsAreReadCanonically(byte[] input) {
    place(input);
    published(input);
  }

  @Test
  void mutationsOfGoodInputsAreReadOrRefused() throws IOException {
    byte[] cid = Cid.of(1, Cid.DAG_CBOR, new byte[0]).encode();
    mutate(cid, IpldFuzzTest::cid);
    mutate(
        Cid.of(1, Cid.RAW, new byte[0]).toString().getBytes(StandardCharsets.US_ASCII),
        IpldFuzzTest::cidText);
    mutate(Vectors.file("car/tooling__check___fixtures__hello_ipfs.car"), IpldFuzzTest::car);
    PbNode node =
        new PbNode(
            List.of(new PbNode.Link(Cid.of(0, Cid.DAG_PB, cid), "name", 7)),
            Optional.of(Bytes.wrap(UnixFs.file(List.of(3L, 4L)).encode())));
    mutate(node.encode(), IpldFuzzTest::node);
    mutate("bafkqaaa/a%20b".getBytes(StandardCharsets.US_ASCII), IpldFuzzTest::request);
    mutate(
        new BlockIndex.Place(1, BlockIndex.Form.RAW, 2, 3, Bytes.EMPTY).encode().toArray(),
        IpldFuzzTest::place);
    mutate(
        new BlockIndex.Published(1, "bucket", "key", "etag", "root").encode().toArray(),
        IpldFuzzTest::published);
  }

  private static boolean cid(byte[] input) {
    try {
      assertThat(Cid.decode(input).encode()).isEqualTo(input);
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean cidText(byte[] input) {
    try {
      Cid cid = Cid.parse(new String(input, StandardCharsets.ISO_8859_1));
      assertThat(Cid.parse(cid.toString())).isEqualTo(cid);
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean car(byte[] input) {
    try {
      CarReader car = new CarReader(new ByteArrayInputStream(input));
      for (Optional<CarReader.Block> block = car.next(); block.isPresent(); block = car.next()) {
        assertThat(block.get().cid().matches(block.get().content().unsafeArray())).isTrue();
      }
      return true;
    } catch (CarException refused) {
      return false;
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
  }

  private static boolean node(byte[] input) {
    for (long codec : List.of(Cid.DAG_PB, Cid.DAG_CBOR, Cid.DAG_JSON)) {
      try {
        assertThat(Links.of(codec, input)).isNotNull();
      } catch (Malformed refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
    try {
      PbNode node = PbNode.decode(input);
      assertThat(PbNode.decode(node.encode())).isEqualTo(node);
      UnixFs unixFs = Directories.unixFs(node);
      assertThat(UnixFs.decode(unixFs.encode()).type()).isEqualTo(unixFs.type());
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean request(byte[] input) {
    String[] sides = new String(input, StandardCharsets.ISO_8859_1).split("\\?", 2);
    String query = sides.length > 1 ? sides[1] : "";
    Map<String, String> parameters =
        Map.of(
            "entity-bytes",
            query.isEmpty() ? "0:*" : query,
            "dag-scope",
            query.isEmpty() ? "all" : query);
    try {
      GatewayRequest.parse(sides[0], Map.of(), query);
      GatewayRequest.parse(sides[0], parameters, "");
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean place(byte[] input) {
    try {
      BlockIndex.Place place = BlockIndex.Place.decode(1, Bytes.of(input));
      assertThat(BlockIndex.Place.decode(1, place.encode())).isEqualTo(place);
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean published(byte[] input) {
    try {
      BlockIndex.Published published = BlockIndex.Published.decode(Bytes.of(input));
      assertThat(BlockIndex.Published.decode(published.encode())).isEqualTo(published);
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  /** Feeds a good input and many near it. */
  private static void mutate(byte[] good, Predicate<byte[]> check) {
    assertThat(check.test(good)).isTrue();
    Random random = new Random(SEED);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = Arrays.copyOf(good, good.length - random.nextInt(2));
      for (int change = random.nextInt(3); change >= 0; change--) {
        input[random.nextInt(input.length)] = (byte) random.nextInt();
      }
      accepted += check.test(input) ? 1 : 0;
    }
    assertThat(accepted).isLessThan(ROUNDS);
  }
}
