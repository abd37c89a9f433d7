package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.junit.jupiter.api.Test;

/**
 * The vectors that the court's contract is tested with, PossessionProof.t.sol, mean the same here.
 */
class PossessionVectorsTest {
  private static final JsonNode ALL = read();

  @Test
  void termsAreReadAsByTheContract() {
    int valid = 0;
    for (JsonNode one : ALL.required("terms")) {
      Bytes cid = bytes(one, "cid");
      if (!one.required("valid").asBoolean()) {
        assertThatThrownBy(() -> PieceCommitment.decode(cid))
            .isInstanceOf(MalformedPieceException.class);
        continue;
      }
      PieceCommitment piece = PieceCommitment.decode(cid);
      assertThat(piece.height()).isEqualTo(one.required("height").asInt());
      assertThat(piece.leafCount()).isEqualTo(one.required("leaves").asLong());
      assertThat(piece.rawSize()).isEqualTo(one.required("rawSize").asLong());
      assertThat(piece.root()).isEqualTo(hash(one, "root"));
      valid++;
    }
    assertThat(valid).isEqualTo(9);
  }

  @Test
  void challengesAreDrawnAsByTheContract() {
    for (JsonNode one : ALL.required("challenges")) {
      assertThat(
              Challenges.leaf(
                  hash(one, "seed"),
                  hash(one, "holding"),
                  one.required("index").asLong(),
                  one.required("range").asLong()))
          .isEqualTo(one.required("leaf").asLong());
    }
  }

  @Test
  void proofsCountAsForTheContract() {
    int valid = 0;
    for (JsonNode one : ALL.required("proofs")) {
      boolean shown = isShown(one);
      assertThat(shown)
          .as(one.required("why").asText())
          .isEqualTo(one.required("valid").asBoolean());
      valid += shown ? 1 : 0;
    }
    assertThat(valid).isEqualTo(9);
  }

  @Test
  void signaturesCountAsForTheContract() {
    for (JsonNode one : ALL.required("signatures")) {
      PublicKey key = new PublicKey(KeyType.ED25519, bytes(one, "key"));
      assertThat(
              SignatureVerifiers.best()
                  .verify(key, bytes(one, "message").toArray(), bytes(one, "signature")))
          .as(one.required("why").asText())
          .isEqualTo(one.required("valid").asBoolean());
    }
  }

  private static boolean isShown(JsonNode one) {
    try {
      return PieceProofs.verify(
          PieceCommitment.decode(bytes(one, "cid")),
          one.required("leaf").asLong(),
          PieceProof.decode(bytes(one, "proof")));
    } catch (MalformedPieceException e) {
      return false;
    }
  }

  private static Bytes bytes(JsonNode one, String name) {
    return Bytes.fromHex(one.required(name).asText());
  }

  private static Hash hash(JsonNode one, String name) {
    return Hash.fromHex(one.required(name).asText());
  }

  private static JsonNode read() {
    String path = "/vectors/possession/possession.json";
    try (InputStream in =
        Objects.requireNonNull(PossessionVectorsTest.class.getResourceAsStream(path))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
