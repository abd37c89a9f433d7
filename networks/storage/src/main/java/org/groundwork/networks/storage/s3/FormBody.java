package org.groundwork.networks.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body of {@code multipart/form-data} (RFC 7578): small fields, then one file of any length. */
final class FormBody {
  /** The bound of S3 for all that comes before the file. */
  static final int MAX_FIELD_BYTES = 20 * 1024;

  private static final int MAX_FIELDS = 100;
  private static final int MAX_HEADER_BYTES = 4096;
  private static final int MAX_BOUNDARY_CHARS = 70;
  private static final Pattern BOUNDARY =
      Pattern.compile(".*;\\s*boundary=\"?([^\";,]+)\"?.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(".*;\\s*name=\"([^\"]*)\".*", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME =
      Pattern.compile(".*;\\s*filename=\"([^\"]*)\".*", Pattern.CASE_INSENSITIVE);

  private final Until parts;
  private final TreeMap<String, String> fields = new TreeMap<>();
  private String fileName = "";

  private FormBody(Until parts) {
    this.parts = parts;
  }

  /** Reads up to the first byte of the file. */
  static FormBody read(InputStream in, String contentType) throws IOException {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.matches() || String.valueOf(boundary.group(1)).length() > MAX_BOUNDARY_CHARS) {
      throw S3Error.MalformedPOSTRequest.exception();
    }
    var form = new FormBody(new Until(in, "--" + String.valueOf(boundary.group(1)).strip()));
    form.readFields();
    return form;
  }

  private void readFields() throws IOException {
    parts.skipPreamble();
    int budget = MAX_FIELD_BYTES;
    for (int i = 0; i < MAX_FIELDS && !parts.last(); i++) {
      String disposition = parts.disposition(MAX_HEADER_BYTES);
      Matcher matcher = NAME.matcher(disposition);
      if (!matcher.matches()) {
        throw S3Error.MalformedPOSTRequest.exception();
      }
      String name = String.valueOf(matcher.group(1)).toLowerCase(Locale.ROOT);
      if (name.equals("file")) {
        Matcher file = FILE_NAME.matcher(disposition);
        String path = file.matches() ? String.valueOf(file.group(1)) : "";
        fileName = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return;
      }
      String value = parts.field(budget);
      budget -= value.length();
      if (fields.put(name, value) != null) {
        throw S3Error.InvalidArgument.exception("The field " + name + " is there twice.");
      }
      parts.nextPart();
    }
    throw S3Error.InvalidArgument.exception("POST requires exactly one file upload per request.");
  }

  /** By lower-case name; the file is none of them. */
  Map<String, String> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** As the client calls it, without folders. */
  String fileName() {
    return fileName;
  }

  /** The file; it ends with an error unless its size is allowed. */
  InputStream file(FormPolicy.Bounds bounds) {
    return new InputStream() {
      private long count;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] b, int off, int len) throws IOException {
        int n = parts.read(b, off, len);
        count += Math.max(n, 0);
        if (count > bounds.most()) {
          throw S3Error.EntityTooLarge.exception();
        }
        if (n < 0 && count < bounds.least()) {
          throw S3Error.EntityTooSmall.exception(
              "Your proposed upload is smaller than the minimum allowed size");
        }
        return n;
      }
    };
  }

  /** Reads what lies between boundaries. */
  private static final class Until {
    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;
    private boolean last;

    Until(InputStream in, String boundary) {
      this.in = in;
      this.delimiter = ("\r\n" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean last() {
      return last;
    }

    /** The first boundary has no line end before it. */
    void skipPreamble() throws IOException {
      buffer[0] = '\r';
      buffer[1] = '\n';
      to = 2;
      if (read(new byte[1], 0, 1) >= 0) {
        throw S3Error.MalformedPOSTRequest.exception();
      }
      nextPart();
    }

    /** Makes sure that so many bytes are there, unless the body ends before. */
    private boolean fill(int wanted) throws IOException {
      if (to - from < wanted && from > 0) {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
      }
      while (to - from < wanted) {
        int n = in.read(buffer, to, buffer.length - to);
        if (n < 0) {
          return false;
        }
        to += n;
      }
      return true;
    }

    /** Of the part at hand, as far as the next boundary; that one is not taken. */
    int read(byte[] b, int off, int len) throws IOException {
      if (len == 0) {
        return 0;
      }
      if (!fill(delimiter.length)) {
        throw S3Error.MalformedPOSTRequest.exception();
      }
      int safe = safe();
      if (safe == 0) {
        return -1;
      }
      int n = Math.min(len, safe);
      System.arraycopy(buffer, from, b, off, n);
      from += n;
      return n;
    }

    /** How many bytes are surely before a boundary. */
    private int safe() {
      int end = to - delimiter.length;
      for (int i = from; i <= end; i++) {
        if (buffer[i] == delimiter[0]
            && Arrays.equals(buffer, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
          return i - from;
        }
      }
      return end - from + 1;
    }

    /** Takes the boundary. */
    void nextPart() throws IOException {
      from += delimiter.length;
      if (!fill(2)) {
        throw S3Error.MalformedPOSTRequest.exception();
      }
      last = buffer[from] == '-' && buffer[from + 1] == '-';
      if (!last && !line(MAX_HEADER_BYTES).isBlank()) {
        throw S3Error.MalformedPOSTRequest.exception();
      }
    }

    private String line(int max) throws IOException {
      var line = new ByteArrayOutputStream();
      while (true) {
        if (!fill(1) || line.size() > max) {
          throw S3Error.MalformedPOSTRequest.exception();
        }
        byte b = buffer[from++];
        if (b == '\n') {
          return line.toString(StandardCharsets.UTF_8).stripTrailing();
        }
        line.write(b);
      }
    }

    /** The line that tells what the part is; the other headers of a part mean nothing here. */
    String disposition(int max) throws IOException {
      String found = "";
      int left = max;
      for (String line = line(left); !line.isEmpty(); line = line(left)) {
        left -= line.length();
        if (left <= 0) {
          throw S3Error.MalformedPOSTRequest.exception();
        }
        if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
          found = line;
        }
      }
      return found;
    }

    String field(int max) throws IOException {
      var value = new ByteArrayOutputStream();
      byte[] some = new byte[1024];
      for (int n = read(some, 0, some.length); n >= 0; n = read(some, 0, some.length)) {
        value.write(some, 0, n);
        if (value.size() > max) {
          throw S3Error.MaxPostPreDataLengthExceeded.exception();
        }
      }
      return value.toString(StandardCharsets.UTF_8);
    }
  }
}
