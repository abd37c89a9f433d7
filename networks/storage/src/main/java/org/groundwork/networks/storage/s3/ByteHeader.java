package org.groundwork.networks.storage.s3;

import io.helidon.common.GenericType;
import io.helidon.common.mapper.Value;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A header of an answer with bytes beyond ASCII, which the web server's own would write as question
 * marks.
 */
record ByteHeader(Header plain) implements Header {

  static Header of(String name, String value) {
    Header plain = HeaderValues.create(HeaderNames.create(name), value);
    return HeaderBytes.ascii(value) ? plain : new ByteHeader(plain);
  }

  @Override
  public byte[] valueBytes() {
    return HeaderBytes.bytes(get());
  }

  @Override
  public String name() {
    return plain.name();
  }

  @Override
  public HeaderName headerName() {
    return plain.headerName();
  }

  @Override
  public List<String> allValues() {
    return plain.allValues();
  }

  @Override
  public int valueCount() {
    return 1;
  }

  @Override
  public boolean sensitive() {
    return plain.sensitive();
  }

  @Override
  public boolean changing() {
    return plain.changing();
  }

  @Override
  public String get() {
    return plain.get();
  }

  @Override
  public <N> Value<N> as(Class<N> type) {
    return plain.as(type);
  }

  @Override
  public <N> Value<N> as(GenericType<N> type) {
    return plain.as(type);
  }

  @Override
  public <N> Value<N> as(Function<? super String, ? extends N> mapper) {
    return plain.as(mapper);
  }

  @Override
  public Optional<String> asOptional() {
    return plain.asOptional();
  }

  @Override
  public Value<Boolean> asBoolean() {
    return plain.asBoolean();
  }

  @Override
  public Value<String> asString() {
    return plain.asString();
  }

  @Override
  public Value<Integer> asInt() {
    return plain.asInt();
  }

  @Override
  public Value<Long> asLong() {
    return plain.asLong();
  }

  @Override
  public Value<Double> asDouble() {
    return plain.asDouble();
  }
}
