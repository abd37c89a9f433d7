package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublicKeyTest {
  @ParameterizedTest
  @EnumSource
  void refusesOtherLengths(KeyType type) {
    for (int size : new int[] {0, 31, 32, 33, 34, 64, 65}) {
      byte[] bytes = new byte[size];
      if (size > 0) {
        bytes[0] = 2;
      }
      if (size != type.keySize()) {
        assertThatThrownBy(() -> new PublicKey(type, Bytes.wrap(bytes)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(String.valueOf(type.keySize()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "SECP256K1"})
  void refusesOtherPrefixes(KeyType type) {
    for (int prefix = 0; prefix < 256; prefix++) {
      byte[] bytes = new byte[33];
      bytes[0] = (byte) prefix;
      if (prefix == 2 || prefix == 3) {
        assertThat(new PublicKey(type, Bytes.wrap(bytes)).bytes().size()).isEqualTo(33);
      } else {
        assertThatThrownBy(() -> new PublicKey(type, Bytes.wrap(bytes)))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void hashesItsTypeAndBytes() {
    byte[] point = new byte[33];
    point[0] = 2;
    byte[] typed = new byte[34];
    typed[0] = 3;
    typed[1] = 2;
    PublicKey key = new PublicKey(KeyType.SECP256K1, Bytes.wrap(point));
    assertThat(key.hash()).isEqualTo(Sha256.hash(typed));
    assertThat(new PublicKey(KeyType.P256, key.bytes()).hash()).isNotEqualTo(key.hash());
  }

  @ParameterizedTest
  @CsvSource({"ED25519, 1", "P256, 2", "SECP256K1, 3"})
  void hasTheCodeOfTheProtocol(KeyType type, int code) {
    assertThat(type.code()).isEqualTo(code);
    assertThat(KeyType.of(code)).isEqualTo(type);
  }

  @Test
  void refusesUnknownCodes() {
    for (int code : new int[] {-1, 0, 4, 257}) {
      assertThatThrownBy(() -> KeyType.of(code)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
