package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Random;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.MakerCertificate.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MakerCertificateTest {
  private static final SignatureVerifier VERIFIER = SignatureVerifiers.portable();

  @ParameterizedTest
  @EnumSource
  void holdsForTheDeviceThatItNamesAndSurvivesItsEncoding(KeyType type) throws Malformed {
    DeviceKey device = key(type, 2);
    for (KeyType makers : KeyType.values()) {
      MakerCertificate issued = MakerCertificate.issue(key(makers, 1), device.publicKey());
      MakerCertificate read = MakerCertificate.decode(issued.encode());
      assertThat(read).isEqualTo(issued);
      assertThat(read.fault(device.publicKey(), VERIFIER)).isEmpty();
    }
  }

  @Test
  void doesNotHoldForAnotherDevice() {
    MakerCertificate issued = MakerCertificate.issue(maker(), key(KeyType.P256, 2).publicKey());
    assertThat(issued.fault(key(KeyType.P256, 3).publicKey(), VERIFIER))
        .contains(Fault.OTHER_DEVICE);
  }

  @Test
  void noDeviceVouchesForItself() {
    MakerCertificate issued = MakerCertificate.issue(maker(), maker().publicKey());
    assertThat(issued.fault(maker().publicKey(), VERIFIER)).contains(Fault.SELF_SIGNED);
  }

  @Test
  void aSignatureOverAnotherKeyDoesNotHold() {
    PublicKey device = key(KeyType.P256, 2).publicKey();
    MakerCertificate other = MakerCertificate.issue(maker(), key(KeyType.P256, 3).publicKey());
    MakerCertificate forged = new MakerCertificate(other.maker(), device, other.signature());
    assertThat(forged.fault(device, VERIFIER)).contains(Fault.WRONG_SIGNATURE);
  }

  @Test
  void everyFlippedBitIsRefused() {
    PublicKey device = key(KeyType.ED25519, 2).publicKey();
    byte[] good = MakerCertificate.issue(maker(), device).encode().toArray();
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      assertThat(holds(Bytes.wrap(bad), device)).isFalse();
    }
  }

  @Test
  void cutOrExtendedBytesAreMalformed() {
    byte[] good =
        MakerCertificate.issue(maker(), key(KeyType.P256, 2).publicKey()).encode().toArray();
    for (int size : new int[] {0, 3, 4, 5, 40, good.length - 1, good.length + 1}) {
      Bytes other = Bytes.wrap(Arrays.copyOf(good, size));
      assertThatThrownBy(() -> MakerCertificate.decode(other)).isInstanceOf(Malformed.class);
    }
  }

  /** Anything is read to the same bytes again, or malformed; a fault is said, never thrown. */
  @FuzzTest(maxDuration = "30s")
  void takesAnything(byte[] data) {
    Bytes encoded = Bytes.wrap(data.clone());
    try {
      MakerCertificate read = MakerCertificate.decode(encoded);
      assertThat(read.encode()).isEqualTo(encoded);
      read.fault(read.device(), VERIFIER);
    } catch (Malformed e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  private static boolean holds(Bytes encoded, PublicKey device) {
    try {
      return MakerCertificate.decode(encoded).fault(device, VERIFIER).isEmpty();
    } catch (Malformed e) {
      return false;
    }
  }

  private static DeviceKey maker() {
    return key(KeyType.P256, 1);
  }

  private static DeviceKey key(KeyType type, int number) {
    byte[] secret = new byte[DeviceKey.SECRET_SIZE];
    Arrays.fill(secret, (byte) number);
    return DeviceKey.fromSecret(type, secret);
  }
}
