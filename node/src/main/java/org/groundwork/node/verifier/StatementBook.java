package org.groundwork.node.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.node.files.RecordLog;
import org.groundwork.node.wire.Json;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.AccountKey;

/**
 * What this verifier has signed. Two different statements with one deployment, epoch, attempt and
 * close block would cost its stake, so each is on disk before it is shown, and no second one ever
 * is.
 */
public final class StatementBook implements Closeable {
  private static final int MAX_STATEMENT = 1 << 20;

  private final SigningDomain domain;
  private final AccountKey key;
  private final RecordLog log;
  private final TreeMap<Subject, SignedStatement> signed = new TreeMap<>();
  private final TreeMap<EpochNumber, SignedStatement> latest = new TreeMap<>();

  StatementBook(Path file, SigningDomain domain, AccountKey key) throws IOException {
    this.domain = domain;
    this.key = key;
    log = RecordLog.open(file, this::restore);
  }

  /** The last statement signed for an epoch. */
  public synchronized Optional<SignedStatement> statement(EpochNumber epoch) {
    return Optional.ofNullable(latest.get(epoch));
  }

  /**
   * Signs a statement, or finds that it was signed.
   *
   * @throws IllegalStateException if another one was signed about the same
   */
  synchronized SignedStatement sign(EpochStatement statement) throws IOException {
    SignedStatement before = signed.get(Subject.of(statement));
    if (before != null) {
      if (!before.statement().equals(statement)) {
        throw new IllegalStateException(
            "Epoch %s: another statement was signed before, %s, now it would be %s; nothing is"
                    .formatted(statement.epoch(), before.statement(), statement)
                + " signed");
      }
      latest.put(statement.epoch(), before);
      return before;
    }
    SignedStatement fresh = SignedStatement.sign(statement, domain, key);
    log.append(new CanonicalWriter().bytes(Json.encode(fresh.toJson())).toBytes());
    remember(fresh);
    return fresh;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private void restore(CanonicalReader in) throws Malformed {
    Bytes json = in.bytes(MAX_STATEMENT);
    remember(SignedStatement.fromJson(Json.decode(json)));
  }

  private void remember(SignedStatement statement) {
    signed.put(Subject.of(statement.statement()), statement);
    latest.put(statement.statement().epoch(), statement);
  }
}
