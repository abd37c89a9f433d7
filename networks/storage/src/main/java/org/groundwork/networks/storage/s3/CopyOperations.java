package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copies: of whole objects by reference, into parts of an upload by reading and storing again. */
final class CopyOperations {
  private static final int PIPE_BYTES = 1024 * 1024;

  private static final String VERSION = "versionId=";

  private final Buckets buckets;
  private final Access access;
  private final Preparing preparing;
  private final ObjectStore store;
  private final InstantSource clock;

  CopyOperations(
      Buckets buckets, Access access, Preparing preparing, ObjectStore store, InstantSource clock) {
    this.buckets = buckets;
    this.access = access;
    this.preparing = preparing;
    this.store = store;
    this.clock = clock;
  }

  /** The object that is copied. */
  private static Buckets.Copied source(S3Request request) throws S3Exception {
    String header = request.header("x-amz-copy-source").orElse("");
    int question = header.lastIndexOf("?" + VERSION);
    String path = Percent.decodePath(question < 0 ? header : header.substring(0, question));
    String relative = path.startsWith("/") ? path.substring(1) : path;
    int slash = relative.indexOf('/');
    if (slash < 1 || slash == relative.length() - 1) {
      throw S3Error.InvalidArgument.exception(
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    Optional<String> version =
        question < 0
            ? Optional.empty()
            : Optional.of(Percent.decodeQuery(header.substring(question + 1 + VERSION.length())));
    return new Buckets.Copied(relative.substring(0, slash), relative.substring(slash + 1), version);
  }

  private void requireReadable(Call call, Buckets.Copied source, ObjectRecord object)
      throws S3Exception {
    String action = source.version().isPresent() ? "s3:GetObjectVersion" : "s3:GetObject";
    access.object(call, action, source.bucket(), source.key(), object);
  }

  Answer copyObject(Call call) throws S3Exception {
    S3Request request = call.request();
    BucketRecord bucket = access.key(call, "s3:PutObject", call.key());
    ObjectHeaders.refuseUnsupported(request);
    Buckets.Copied source = source(request);
    boolean replace = replacing(request, "x-amz-metadata-directive");
    boolean replaceTags = replacing(request, "x-amz-tagging-directive");
    if (!replace
        && !replaceTags
        && source.equals(new Buckets.Copied(call.bucket(), call.key(), Optional.empty()))) {
      throw S3Error.InvalidRequest.exception(
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata.");
    }
    SortedMap<String, String> headers = ObjectHeaders.kept(request);
    ObjectRecord.Owned owned = preparing.owned(call, bucket);
    var versions = new TreeMap<String, String>();
    ObjectRecord copy;
    try {
      copy =
          buckets.copy(
              source,
              call.bucket(),
              call.key(),
              Preconditions.forWriting(request),
              original -> {
                requireReadable(call, source, original);
                Preconditions.forCopying(request, original);
                ObjectHeaders.versionOf(original)
                    .forEach((name, id) -> versions.put("x-amz-copy-source-version-id", id));
                return new ObjectRecord(
                    List.of(),
                    original.etag(),
                    clock.instant(),
                    replace ? headers : original.headers(),
                    original.checksums(),
                    original.parts(),
                    replaceTags
                        ? owned
                        : new ObjectRecord.Owned(
                            owned.owner(), owned.acl(), original.owned().tags()),
                    preparing.token());
              });
    } catch (S3Exception e) {
      throw absent(call, source, e);
    }
    versions.putAll(ObjectHeaders.versionOf(copy));
    XmlWriter xml = XmlWriter.root("CopyObjectResult");
    xml.text("LastModified", ObjectHeaders.xmlDate(copy.modified())).quoted("ETag", copy.etag());
    MultipartOperations.checksums(xml, copy.checksums());
    return Answer.document(xml, versions);
  }

  /** That the source is not there is for those to know who may list its bucket. */
  private S3Exception absent(Call call, Buckets.Copied source, S3Exception e) throws S3Exception {
    boolean missing = e.error() == S3Error.NoSuchKey || e.error() == S3Error.NoSuchVersion;
    return missing ? access.missing(call, source.bucket(), e) : e;
  }

  private static boolean replacing(S3Request request, String header) throws S3Exception {
    String directive = request.header(header).orElse("COPY");
    return switch (directive) {
      case "COPY" -> false;
      case "REPLACE" -> true;
      default -> throw S3Error.InvalidArgument.exception("Unknown directive.");
    };
  }

  Answer copyPart(Call call, int number, String uploadId) throws IOException {
    S3Request request = call.request();
    access.key(call, "s3:PutObject", call.key());
    UploadRecord upload = buckets.upload(call.bucket(), call.key(), uploadId);
    Buckets.Copied source = source(request);
    try (ObjectReading reading = read(call, source)) {
      Preconditions.forCopying(request, reading.object());
      long size = reading.object().size();
      Optional<String> header = request.header("x-amz-copy-source-range");
      ByteRange range =
          header.isPresent() ? ByteRange.ofCopy(header.get(), size) : new ByteRange(0, size);
      try (var piped = new Piped(new ObjectSource(reading, store, range))) {
        Body body = Body.internal(piped, range.length(), upload.algorithm());
        List<Stored> stored =
            new Uploading(store, buckets.coding(call.bucket()))
                .store(body, MultipartOperations.MAX_PART_BYTES);
        var part =
            new UploadRecord.Part(
                number,
                List.of(),
                HexFormat.of().formatHex(body.md5()),
                clock.instant(),
                body.checksums());
        buckets.putPart(call.bucket(), call.key(), uploadId, part, stored);
        XmlWriter xml = XmlWriter.root("CopyPartResult");
        xml.text("LastModified", ObjectHeaders.xmlDate(part.modified()))
            .quoted("ETag", part.etag());
        MultipartOperations.checksums(xml, part.checksums());
        var versions = new TreeMap<String, String>();
        ObjectHeaders.versionOf(reading.object())
            .forEach((name, id) -> versions.put("x-amz-copy-source-version-id", id));
        return Answer.document(xml, versions);
      }
    }
  }

  private ObjectReading read(Call call, Buckets.Copied source) throws S3Exception {
    ObjectReading reading;
    try {
      reading = buckets.read(source.bucket(), source.key(), source.version());
    } catch (S3Exception e) {
      throw absent(call, source, e);
    }
    try {
      requireReadable(call, source, reading.object());
      return reading;
    } catch (S3Exception | RuntimeException e) {
      reading.close();
      throw e;
    }
  }

  /** Turns a source that writes into a stream to read from, by a thread that pumps. */
  private static final class Piped extends InputStream {
    private final PipedInputStream in = new PipedInputStream(PIPE_BYTES);
    private volatile Optional<Exception> failure = Optional.empty();

    Piped(Answer.Source source) throws IOException {
      var out = new PipedOutputStream(in);
      Thread.ofVirtual()
          .name("s3-copy")
          .start(() -> {
            try (out) {
              pump(source, out);
            } catch (IOException e) {
              failure = Optional.of(e);
            }
          });
    }

    /** The failure is known before the pipe is closed, so the reader cannot miss it. */
    private void pump(Answer.Source source, PipedOutputStream out) {
      try {
        source.writeTo(out);
      } catch (IOException | ObjectStoreException | RuntimeException e) {
        failure = Optional.of(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      int n = in.read(b, off, len);
      if (n < 0 && failure.isPresent()) {
        throw failure.get() instanceof ObjectStoreException e
            ? S3Exception.of(e)
            : new IOException("the source of a copy cannot be read", failure.get());
      }
      return n;
    }

    /** The pump ends with its next byte. */
    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
