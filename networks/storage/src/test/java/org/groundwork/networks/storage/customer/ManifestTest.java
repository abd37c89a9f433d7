package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final PieceCommitment COMMITMENT =
      new PieceCommitment(400, PieceCommitment.heightFor(400), Hash.ZERO);
  private static final PieceRecord.Packed PACKED =
      new PieceRecord.Packed(COMMITMENT, Hash.ZERO, new Passes(16));
  private static final Bytes GOOD = manifest(Optional.empty()).encode();

  /** The SHA-256 of what the version before packing wrote. */
  private static final String VERSION_1 =
      "0x662b28c8be30f6d8328769e10f03d237d740c360e72e47af0507edc8aac4da0f";

  private static Manifest manifest(Optional<PieceRecord.Packed> packed) {
    return new Manifest(
        Hash.ZERO,
        new Shape(3, 6),
        Bytes.wrap(new byte[60]),
        List.of(
            new StripeRecord(0, 1000, List.of(piece(0, packed), piece(2, packed))),
            new StripeRecord(1, 10, List.of())));
  }

  @Test
  void plainObjectsAreWrittenAsTheVersionBeforeDid() throws Exception {
    assertThat(Sha256.hash(GOOD.toArray()).toHex()).isEqualTo(VERSION_1);
    assertThat(Manifest.decode(GOOD)).isEqualTo(manifest(Optional.empty()));
  }

  @Test
  void aManifestSaysHowItsPiecesArePacked() throws Exception {
    Manifest packed = manifest(Optional.of(PACKED));
    assertThat(Manifest.decode(packed.encode())).isEqualTo(packed);
    assertThat(packed.encode().get(0)).isEqualTo((byte) 2);
    byte[] none =
        new Manifest(Hash.ZERO, new Shape(3, 6), Bytes.wrap(new byte[60]), List.of())
            .encode()
            .toArray();
    none[0] = 2;
    assertThatThrownBy(() -> Manifest.decode(Bytes.wrap(none))).isInstanceOf(Malformed.class);
    StripeRecord mixed =
        new StripeRecord(2, 10, List.of(piece(0, Optional.of(PACKED)), piece(1, Optional.empty())));
    assertThatThrownBy(() -> packed.with(List.of(mixed)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("packed alike");
  }

  @FuzzTest
  void manifestsAreReadCanonically(byte[] input) {
    check(input);
  }

  @FuzzTest
  void metadataIsReadCanonically(byte[] input) {
    checkMetadata(input);
  }

  @Test
  void mutatedMetadataIsReadCanonically() throws Exception {
    Bytes directory =
        new MetadataDirectory(
                List.of(new MetadataDirectory.Chunk(Hash.ZERO, Manifest.decode(GOOD))))
            .encode();
    List<byte[]> chunks = new ArrayList<>();
    MetadataChunks writer = new MetadataChunks((_, content) -> chunks.add(content));
    writer.entry("names", Bytes.of((byte) 1), Bytes.of((byte) 2, (byte) 3));
    writer.finish();
    assertThat(checkMetadata(directory.toArray())).isTrue();
    assertThat(checkMetadata(chunks.getFirst())).isTrue();
    Random random = new Random(20_261_122);
    for (int round = 0; round < 10_000; round++) {
      byte[] input = random.nextBoolean() ? directory.toArray() : chunks.getFirst().clone();
      input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
      checkMetadata(input);
    }
  }

  private static boolean checkMetadata(byte[] input) {
    boolean read = false;
    try {
      assertThat(MetadataDirectory.decode(Bytes.of(input)).encode()).isEqualTo(Bytes.of(input));
      read = true;
    } catch (Malformed refused) {
      // It may be a chunk.
    }
    try {
      MetadataChunks.decode(Bytes.of(input));
      return true;
    } catch (Malformed refused) {
      return read;
    }
  }

  @Test
  void mutatedManifestsAreReadCanonically() {
    Random random = new Random(20_261_121);
    Bytes packed = manifest(Optional.of(PACKED)).encode();
    assertThat(check(GOOD.toArray())).isTrue();
    assertThat(check(packed.toArray())).isTrue();
    for (int round = 0; round < 20_000; round++) {
      byte[] input = (random.nextBoolean() ? GOOD : packed).toArray();
      input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
      check(random.nextInt(4) == 0 ? java.util.Arrays.copyOf(input, random.nextInt(700)) : input);
    }
  }

  @Test
  void aFrameThatWasChangedMovedOrCutIsNotDecrypted() throws Exception {
    StripeCipher cipher = new StripeCipher(StripeCipher.newKey(new SecureRandom()));
    int length = 2 * StripeCipher.FRAME + 500;
    byte[] plain = new byte[length];
    new Random(1).nextBytes(plain);
    int shard = (StripeCipher.encryptedSize(length) + 2) / 3;
    Shards encrypted = Shards.allocate(3, shard);
    cipher.encrypt(4, plain, length, encrypted);
    assertThat(cipher.decrypt(4, encrypted, length)).isEqualTo(plain);
    refuses(cipher, 5, encrypted, length);
    refuses(cipher, 4, encrypted, length - 1);
    refuses(cipher, 4, encrypted, length + StripeCipher.FRAME);
    int at = 70_000;
    byte[] flipped = new byte[1];
    encrypted.read(at, flipped, 1);
    flipped[0] ^= 1;
    Shards changed = copy(encrypted);
    changed.write(at, flipped, 1);
    refuses(cipher, 4, changed, length);
    int frame = StripeCipher.FRAME + StripeCipher.TAG;
    byte[] second = new byte[frame];
    encrypted.read(frame, second, frame);
    Shards swapped = copy(encrypted);
    swapped.write(0, second, frame);
    refuses(cipher, 4, swapped, length);
    Bytes wrapped = cipher.wrap(new byte[32], new SecureRandom());
    assertThat(cipher.unwrap(wrapped)).isEqualTo(new byte[32]);
    byte[] other = wrapped.toArray();
    other[20] ^= 1;
    assertThatThrownBy(() -> cipher.unwrap(Bytes.wrap(other)))
        .isInstanceOf(GeneralSecurityException.class);
  }

  private static Shards copy(Shards shards) {
    return new Shards(shards.parts().stream().map(byte[]::clone).toList(), shards.size());
  }

  private static void refuses(StripeCipher cipher, int stripe, Shards encrypted, int length) {
    assertThatThrownBy(() -> cipher.decrypt(stripe, encrypted, length))
        .isInstanceOf(GeneralSecurityException.class);
  }

  private static boolean check(byte[] input) {
    try {
      assertThat(Manifest.decode(Bytes.of(input)).encode()).isEqualTo(Bytes.of(input));
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static PieceRecord piece(int number, Optional<PieceRecord.Packed> packed) {
    return new PieceRecord(
        number,
        COMMITMENT,
        new DeviceId(3),
        Hash.ZERO,
        new SlotNumber(77),
        new ReservationId(Hash.ZERO),
        Credits.of(5),
        packed);
  }
}
