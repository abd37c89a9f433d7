package org.groundwork.protocol.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceKeyTest {
  @ParameterizedTest
  @EnumSource
  void signsWhatEveryBackendAccepts(KeyType type) {
    byte[] secret = new byte[32];
    secret[31] = 7;
    DeviceKey key = DeviceKey.fromSecret(type, secret);
    byte[] message = "a reading".getBytes(UTF_8);
    assertThat(SignatureVerifiers.portable().verify(key.publicKey(), message, key.sign(message)))
        .isTrue();
    assertThat(SignatureVerifiers.best().verify(key.publicKey(), message, key.sign(message)))
        .isTrue();
    assertThat(SignatureVerifiers.best().toString()).contains("Amazon");
  }
}
