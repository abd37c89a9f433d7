package org.groundwork.networks.storage.ipld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.storage.content.ContentServer;
import org.groundwork.networks.storage.content.NodeScript;
import org.groundwork.networks.storage.content.Shelf;
import org.groundwork.networks.storage.wire.Payloads;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpfsGatewayTest {
  private static final String HAMT = "bafybeidbclfqleg2uojchspzd4bob56dqetqjsj27gy2cq3klkkgxtpn4i";
  private static final String MISSING = "QmYhmPjhFjYFyaoiuNzYv8WGavpSRDwdHWe5B4M5du5Rtk";
  private static final String CBOR = "bafybeia264q44a3kmfc2otctzu4egp2k235o3t7mslz2yjraymp4nv6asi";
  private static final int SIZE = 3_000_000;

  @TempDir private Path folder;
  private Shelf shelf;
  private BlockIndex index;
  private ContentServer server;
  private Publisher publisher;
  private final byte[] content = Payloads.ctr("gw-ufs:" + SIZE, SIZE);

  /** Its CID under the profile of 2025, and of one of 256 KiB with other leaves. */
  private Cid root = Cid.of(1, Cid.RAW, new byte[0]);

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws IOException {
    shelf = new Shelf(folder);
    index = BlockIndex.open(folder.resolve("blocks.mv"));
    publisher =
        new Publisher(shelf.objects, index, List.of("public", "none"), Profile.UNIXFS_V1_2025);
    shelf.put("public", "folder/file.bin", "binary/octet-stream", content);
    shelf.put("private", "secret", "text/plain", new byte[] {1, 2, 3});
    for (String name :
        List.of(
            "fixtures__trustless_gateway_car__single-layer-hamt-with-multi-block-files",
            "fixtures__trustless_gateway_car__file-3k-and-3-blocks-missing-block",
            "fixtures__trustless_gateway_car__dir-with-dag-cbor-with-links",
            "fixtures__dir_listing__fixtures")) {
      shelf.put("public", name + ".car", Publisher.CAR_TYPE, Vectors.file("car/" + name + ".car"));
    }
    publisher.step();
    root =
        FileImporter.run(Profile.UNIXFS_V1_2025, new ByteArrayInputStream(content), BlockSink.NONE)
            .cid();
    IpfsGateway gateway = new IpfsGateway(new NetworkBlocks(index, shelf.objects), () -> {});
    server = ContentServer.start("127.0.0.1", 0, List.of(gateway::route));
  }

  @AfterEach
  void stop() {
    server.close();
    index.close();
    shelf.close();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws IOException {
    return send("GET", path, headers);
  }

  private HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static List<Cid> cids(byte[] car) throws IOException {
    CarReader reader = new CarReader(new ByteArrayInputStream(car));
    List<Cid> cids = new ArrayList<>();
    for (Optional<CarReader.Block> block = reader.next();
        block.isPresent();
        block = reader.next()) {
      cids.add(block.get().cid());
    }
    return cids;
  }

  @Test
  void anObjectsBlocksAreGivenUnderItsCid() throws IOException {
    assertThat(index.root("public", "folder/file.bin")).contains(root.toString());
    HttpResponse<byte[]> node = get("/ipfs/" + root + "?format=raw");
    assertThat(node.statusCode()).isEqualTo(200);
    assertThat(root.matches(node.body())).isTrue();
    assertThat(node.headers().firstValue("content-type")).contains("application/vnd.ipld.raw");
    assertThat(node.headers().firstValue("etag")).contains("\"" + root + ".raw\"");
    assertThat(node.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(node.headers().firstValue("cache-control"))
        .contains("public, max-age=29030400, immutable");
    assertThat(node.headers().firstValue("content-disposition"))
        .contains("attachment; filename=\"" + root + ".bin\"");
    byte[] first = Arrays.copyOf(content, 1 << 20);
    Cid leaf = Cid.of(1, Cid.RAW, first);
    HttpResponse<byte[]> block =
        get("/ipfs/" + leaf, "Accept", "application/vnd.ipld.raw", "Range", "bytes=10-19");
    assertThat(block.statusCode()).isEqualTo(206);
    assertThat(block.body()).isEqualTo(Arrays.copyOfRange(content, 10, 20));
    assertThat(block.headers().firstValue("content-range")).contains("bytes 10-19/" + (1 << 20));
    assertThat(get("/ipfs/" + leaf + "?format=raw", "Range", "bytes=2000000-").statusCode())
        .isEqualTo(416);
  }

  @Test
  void aCarHoldsTheWholeFileAndIsVerified() throws IOException {
    HttpResponse<byte[]> car =
        get("/ipfs/" + root, "Accept", "application/vnd.ipld.car; version=1; order=dfs; dups=n");
    assertThat(car.statusCode()).isEqualTo(200);
    assertThat(car.headers().firstValue("content-type"))
        .contains("application/vnd.ipld.car; version=1; order=dfs; dups=n");
    List<Cid> cids = cids(car.body());
    assertThat(cids).hasSize(4).startsWith(root);
    String etag = car.headers().firstValue("etag").orElseThrow();
    assertThat(get("/ipfs/" + root + "?format=car", "If-None-Match", etag).statusCode())
        .isEqualTo(304);
    assertThat(send("HEAD", "/ipfs/" + root + "?format=car").body()).isEmpty();
  }

  /** npm's {@code @ipld/car}, {@code multiformats} and {@code ipfs-unixfs-exporter}. */
  @Test
  void aVerifyingClientReadsFilesThroughIt() throws Exception {
    String url = "http://127.0.0.1:" + server.port();
    assertThat(NodeScript.run(folder, "verified-car.mjs", url, root.toString()))
        .isEqualTo(Sha256.hash(content).toHex().substring(2) + " " + SIZE + " 4");
    assertThat(NodeScript.run(folder, "verified-car.mjs", url, HAMT, "/685.txt"))
        .containsPattern("^[0-9a-f]{64} [1-9]");
  }

  @Test
  void aRangeOfAFileBringsTheBlocksThatItTouches() throws IOException {
    String car = "/ipfs/" + root + "?format=car&dag-scope=entity&entity-bytes=";
    assertThat(cids(get(car + "0:10").body())).hasSize(2);
    assertThat(cids(get(car + "1048575:1048576").body())).hasSize(3);
    assertThat(cids(get(car + "-1:*").body())).hasSize(2);
    assertThat(cids(get(car + "0:*").body())).hasSize(4);
    assertThat(cids(get("/ipfs/" + root + "?format=car&dag-scope=block").body()))
        .containsExactly(root);
    assertThat(get(car + "5:2").statusCode()).isEqualTo(400);
  }

  /** Counts are those of ipfs/gateway-conformance, trustless_gateway_car_test. */
  @Test
  void aNameInAShardedDirectoryIsFoundByItsHash() throws IOException {
    String path = "/ipfs/" + HAMT + "/685.txt?format=car&dag-scope=";
    HttpResponse<byte[]> file = get(path + "entity");
    assertThat(file.statusCode()).isEqualTo(200);
    List<Cid> cids = cids(file.body());
    assertThat(cids.getFirst()).hasToString(HAMT);
    assertThat(cids).hasSizeBetween(3, 8);
    assertThat(cids(get(path + "block").body())).hasSizeLessThan(cids.size());
    assertThat(get("/ipfs/" + HAMT + "/none.txt?format=car").statusCode()).isEqualTo(404);
    assertThat(cids(get("/ipfs/" + HAMT + "?format=car&dag-scope=all").body())).hasSize(243);
    assertThat(cids(get("/ipfs/" + HAMT + "?format=car&dag-scope=entity").body()))
        .hasSizeBetween(2, 242);
  }

  @Test
  void linksOfOtherCodecsAreFollowed() throws IOException {
    List<Cid> all = cids(get("/ipfs/" + CBOR + "?format=car").body());
    assertThat(all).hasSize(9).anyMatch(cid -> cid.codec() == Cid.DAG_CBOR);
  }

  @Test
  void aCarWhoseBlockIsMissingIsCutOff() throws IOException {
    assertThatThrownBy(() -> get("/ipfs/" + MISSING + "?format=car"))
        .isInstanceOf(IOException.class);
    assertThat(
            cids(
                get("/ipfs/" + MISSING + "?format=car&dag-scope=entity&entity-bytes=0:1000")
                    .body()))
        .hasSize(2);
  }

  @Test
  void whatIsNotHereNotPublicOrNotAskedForProperlyIsRefused() throws IOException {
    Cid secret = Cid.of(1, Cid.RAW, new byte[] {1, 2, 3});
    assertThat(get("/ipfs/" + secret + "?format=raw").statusCode()).isEqualTo(404);
    assertThat(get("/ipfs/" + root + "/below?format=raw").statusCode()).isEqualTo(404);
    assertThat(get("/ipfs/" + root).statusCode()).isEqualTo(406);
    assertThat(get("/ipfs/" + root + "?format=tar").statusCode()).isEqualTo(406);
    assertThat(get("/ipfs/nonsense?format=raw").statusCode()).isEqualTo(400);
    assertThat(get("/ipfs/" + root + "?format=car&dag-scope=some").statusCode()).isEqualTo(400);
    assertThat(get("/ipns/example?format=ipns-record").statusCode()).isEqualTo(501);
    assertThat(send("POST", "/ipfs/" + root + "?format=raw").statusCode()).isEqualTo(405);
    assertThat(get("/ipfs/bafkqaaa?format=raw").statusCode()).isEqualTo(200);
  }

  @Test
  void bytesThatChangedNeverLeave() throws IOException {
    Cid leaf = Cid.of(1, Cid.RAW, Arrays.copyOf(content, 1 << 20));
    assertThat(get("/ipfs/" + leaf + "?format=raw").statusCode()).isEqualTo(200);
    shelf.store.spoiled = true;
    assertThat(get("/ipfs/" + leaf + "?format=raw").statusCode()).isEqualTo(404);
  }

  @Test
  void theIndexFollowsTheBucketsAndSurvives() throws IOException {
    shelf.put("public", "folder/other.txt", "text/plain", new byte[] {9});
    publisher.step();
    Cid other = Cid.of(1, Cid.RAW, new byte[] {9});
    assertThat(get("/ipfs/" + other + "?format=raw").statusCode()).isEqualTo(200);
    index.forget("public", "folder/other.txt");
    index.sweep();
    assertThat(get("/ipfs/" + other + "?format=raw").statusCode()).isEqualTo(404);
    long blocks = index.blocks();
    index.close();
    index = BlockIndex.open(folder.resolve("blocks.mv"));
    assertThat(index.blocks()).isEqualTo(blocks);
    assertThat(new NetworkBlocks(index, shelf.objects).require(root)).isNotEmpty();
  }

  @Test
  void leavesOfTheOldProfileAreMadeAgainFromTheFile() throws IOException, Malformed {
    Publisher legacy =
        new Publisher(shelf.objects, index, List.of("old"), Profile.KUBO_LEGACY_CID_V0);
    shelf.put("old", "file", "text/plain", content);
    legacy.step();
    Cid cid = Cid.parse(index.root("old", "file").orElseThrow());
    List<Cid> cids = cids(get("/ipfs/" + cid + "?format=car").body());
    assertThat(cids).hasSize(13).allMatch(each -> each.version() == 0);
    assertThat(Bytes.wrap(new NetworkBlocks(index, shelf.objects).require(cids.get(1))).size())
        .isGreaterThan(256 << 10);
  }
}
