package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;

/**
 * Answers of the API in their formats. What was asked before is remembered until more is indexed.
 * Safe for use by many threads.
 */
public final class Answers {
  /** Rows of one answer that is no JSON. */
  static final int MAX_ROWS = 10_000;

  /** Bytes that are remembered in all, and of one answer. */
  private static final int MAX_REMEMBERED = 64 << 20;

  private static final int MAX_ONE = 4 << 20;

  /** Large answers that are made at once. */
  private static final int LARGE = 2;

  private final Database database;
  private final Scope scope;
  private final AtomicLong version = new AtomicLong();
  private final Semaphore large = new Semaphore(LARGE);
  private final Map<String, Answer> remembered = new LinkedHashMap<>(64, 0.75f, true);
  private long rememberedVersion;
  private int rememberedBytes;

  public Answers(Database database, Scope scope) {
    this.database = database;
    this.scope = scope;
  }

  public Scope scope() {
    return scope;
  }

  /** More was indexed. */
  public void changed() {
    version.incrementAndGet();
  }

  /** Something that throws what answers throw. */
  interface Work<T> {
    T run(Asked asked) throws SQLException, ApiException, IOException;
  }

  /** Runs on the database as it is now. */
  <T> T read(Parameters parameters, Work<T> work) throws IOException, ApiException {
    try {
      return database.read((Sql sql) -> {
        try {
          return work.run(new Asked(sql, scope, parameters));
        } catch (ApiException e) {
          throw new Refused(e);
        }
      });
    } catch (Refused e) {
      throw e.refusal;
    }
  }

  /** Carries a refusal through the transaction. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
    private final ApiException refusal;

    Refused(ApiException refusal) {
      super(refusal);
      this.refusal = refusal;
    }
  }

  /** The object of an endpoint. */
  public ObjectNode object(Endpoint endpoint, Map<String, String> values)
      throws IOException, ApiException {
    return read(new Parameters(values, endpoint.parameters()), endpoint.one()::answer);
  }

  /**
   * The answer to a request.
   *
   * @param values of path and query
   * @param path what was asked, to be remembered by
   */
  public Answer answer(Endpoint endpoint, Map<String, String> values, String path)
      throws IOException, ApiException {
    Parameters parameters = new Parameters(values, endpoint.parameters());
    String format = parameters.text("format").orElse("json");
    if (!format.equals("json")) {
      return table(endpoint, parameters, format);
    }
    long now = version.get();
    Optional<Answer> known = endpoint.cached() ? known(path, now) : Optional.empty();
    if (known.isPresent()) {
      return known.get();
    }
    ObjectNode json = read(parameters, endpoint.one()::answer);
    Answer answer =
        Answer.of("application/json", Json.encode(json).unsafeArray(), Optional.empty());
    if (endpoint.cached() && answer.size() <= MAX_ONE) {
      remember(path, answer, now);
    }
    return answer;
  }

  private Optional<Answer> known(String path, long now) {
    synchronized (remembered) {
      return rememberedVersion == now
          ? Optional.ofNullable(remembered.get(path))
          : Optional.empty();
    }
  }

  private void remember(String path, Answer answer, long asOf) {
    synchronized (remembered) {
      if (asOf < rememberedVersion || path.length() > MAX_ROWS) {
        return;
      }
      if (asOf > rememberedVersion) {
        remembered.clear();
        rememberedBytes = 0;
        rememberedVersion = asOf;
      }
      Answer before = remembered.put(path, answer);
      rememberedBytes += answer.size() - (before == null ? 0 : before.size());
      var eldest = remembered.entrySet().iterator();
      while (rememberedBytes > MAX_REMEMBERED && eldest.hasNext()) {
        rememberedBytes -= eldest.next().getValue().size();
        eldest.remove();
      }
    }
  }

  private Answer table(Endpoint endpoint, Parameters parameters, String format)
      throws IOException, ApiException {
    if (endpoint.many().isEmpty() || !(format.equals("csv") || format.equals("parquet"))) {
      throw Parameters.malformed("format is json, or csv or parquet of a list.");
    }
    if (!large.tryAcquire()) {
      throw new ApiException(ApiError.BUSY);
    }
    try {
      return read(parameters, asked -> table(endpoint, asked, format));
    } finally {
      large.release();
    }
  }

  private static Answer table(Endpoint endpoint, Asked asked, String format)
      throws SQLException, ApiException, IOException {
    Endpoint.Many many = endpoint.many().orElseThrow();
    List<ObjectNode> rows = new ArrayList<>();
    boolean all = asked.parameters().text("limit").isEmpty();
    Listing page =
        all && asked.parameters().text("cursor").isPresent()
            ? many.list(at(asked, asked.parameters().text("cursor").get()))
            : many.list(asked);
    rows.addAll(page.items());
    while (all && page.next().isPresent() && rows.size() < MAX_ROWS) {
      page = many.list(at(asked, page.next().get()));
      rows.addAll(page.items());
    }
    if (format.equals("parquet")) {
      byte[] content = Parquet.write(endpoint.columns(), rows);
      return Answer.of("application/vnd.apache.parquet", content, page.next());
    }
    StringBuilder text = new StringBuilder(Csv.line(endpoint.columns()));
    for (ObjectNode row : rows) {
      text.append(
          Csv.line(endpoint.columns().stream().map(name -> Csv.text(row.path(name))).toList()));
    }
    return Answer.of(
        "text/csv; charset=utf-8", text.toString().getBytes(StandardCharsets.UTF_8), page.next());
  }

  private static Asked at(Asked asked, String cursor) {
    return new Asked(
        asked.sql(), asked.scope(), asked.parameters().at(cursor, Parameters.MAX_LIMIT));
  }
}
