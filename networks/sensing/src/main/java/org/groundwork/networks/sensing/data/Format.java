package org.groundwork.networks.sensing.data;

import java.util.Optional;
import java.util.stream.Stream;

/** In which form readings are handed out. */
public enum Format {
  JSON("json", "application/json", "FORMAT json, ARRAY true"),
  CSV("csv", "text/csv; charset=utf-8", "FORMAT csv, HEADER true"),
  PARQUET("parquet", "application/vnd.apache.parquet", "FORMAT parquet, COMPRESSION zstd");

  private final String code;
  private final String mediaType;
  private final String copyOptions;

  Format(String code, String mediaType, String copyOptions) {
    this.code = code;
    this.mediaType = mediaType;
    this.copyOptions = copyOptions;
  }

  public String code() {
    return code;
  }

  String mediaType() {
    return mediaType;
  }

  /** The options of DuckDB's COPY. */
  String copyOptions() {
    return copyOptions;
  }

  public static Optional<Format> of(String code) {
    return Stream.of(values()).filter(format -> format.code.equals(code)).findFirst();
  }
}
