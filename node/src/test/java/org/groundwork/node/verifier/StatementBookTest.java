package org.groundwork.node.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementBookTest {
  @TempDir Path folder;

  @Test
  void neverSignsTwoStatementsAboutTheSame() throws IOException {
    try (StatementBook book = open()) {
      SignedStatement signed = book.sign(statement(3, "close", "money"));
      assertThat(signed.isGenuine(Reporter.DOMAIN)).isTrue();
      assertThat(book.sign(statement(3, "close", "money"))).isEqualTo(signed);
      assertThatThrownBy(() -> book.sign(statement(3, "close", "other")))
          .isInstanceOf(IllegalStateException.class);
      assertThat(book.statement(new EpochNumber(3))).contains(signed);
    }
  }

  @Test
  void remembersOverARestart() throws IOException {
    SignedStatement signed;
    try (StatementBook book = open()) {
      signed = book.sign(statement(3, "close", "money"));
    }
    try (StatementBook book = open()) {
      assertThat(book.statement(new EpochNumber(3))).contains(signed);
      assertThatThrownBy(() -> book.sign(statement(3, "close", "other")))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aReorganisedCloseBlockIsAnotherSubject() throws IOException {
    try (StatementBook book = open()) {
      book.sign(statement(3, "close", "money"));
      SignedStatement after = book.sign(statement(3, "another close", "other"));
      assertThat(book.statement(new EpochNumber(3))).contains(after);
    }
  }

  @Test
  void aTornLastRecordWasNeverShown() throws IOException {
    SignedStatement first;
    try (StatementBook book = open()) {
      first = book.sign(statement(3, "close", "money"));
    }
    Path file = folder.resolve("statements.log");
    int kept = (int) Files.size(file);
    try (StatementBook book = open()) {
      book.sign(statement(4, "close", "money"));
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length = kept; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (StatementBook book = open()) {
        assertThat(book.statement(new EpochNumber(3))).contains(first);
        assertThat(book.statement(new EpochNumber(4))).isEmpty();
      }
    }
  }

  private StatementBook open() throws IOException {
    return new StatementBook(
        folder.resolve("statements.log"), Reporter.DOMAIN, Reporter.account("verifier"));
  }

  private static EpochStatement statement(long epoch, String close, String money) {
    return new EpochStatement(
        Reporter.DOMAIN.deployment(),
        new EpochNumber(epoch),
        0,
        hash(close),
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        hash(money),
        List.of());
  }

  private static Hash hash(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.UTF_8));
  }
}
