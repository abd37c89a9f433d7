package org.groundwork.settlement.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.groundwork.protocol.crypto.KeyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Key files that the version before wrote open. Made by {@link PreviousKeystore}. */
class KeystoreUpgradeTest {
  private static final Password PASSWORD = Password.of(PreviousKeystore.PASSWORD);

  @Test
  void accountsOpen() throws Exception {
    assertThat(Keystore.openAccount(file("account.json"), PASSWORD).account())
        .isEqualTo(PreviousKeystore.account().account());
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void devicesOpen(KeyType type) throws Exception {
    assertThat(Keystore.openDevice(file(PreviousKeystore.name(type)), PASSWORD).publicKey())
        .isEqualTo(PreviousKeystore.device(type).publicKey());
  }

  private static Path file(String name) throws Exception {
    return Path.of(
        Objects.requireNonNull(KeystoreUpgradeTest.class.getResource("keys-0/" + name)).toURI());
  }
}
