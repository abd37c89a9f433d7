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

/** Copies: of whole objects by reference, into parts of an upload by reading and storing again. */
final class CopyOperations {
  private static final int PIPE_BYTES = 1024 * 1024;

  private final Buckets buckets;
  private final ObjectStore store;
  private final InstantSource clock;

  CopyOperations(Buckets buckets, ObjectStore store, InstantSource clock) {
    this.buckets = buckets;
    this.store = store;
    this.clock = clock;
  }

  /** The object that is copied. */
  private record Source(String bucket, String key) {
    static Source of(S3Request request) throws S3Exception {
      String header = request.header("x-amz-copy-source").orElse("");
      int version = header.indexOf("?versionId=");
      if (version >= 0 && !header.substring(version).equals("?versionId=null")) {
        throw S3Error.NoSuchVersion.exception();
      }
      String path = Percent.decodePath(version < 0 ? header : header.substring(0, version));
      String relative = path.startsWith("/") ? path.substring(1) : path;
      int slash = relative.indexOf('/');
      if (slash < 1 || slash == relative.length() - 1) {
        throw S3Error.InvalidArgument.exception(
            "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
      }
      return new Source(relative.substring(0, slash), relative.substring(slash + 1));
    }
  }

  Answer copyObject(Call call) throws S3Exception {
    S3Request request = call.request();
    ObjectHeaders.refuseUnsupported(request);
    Source source = Source.of(request);
    boolean replace = replacing(request);
    if (!replace && source.equals(new Source(call.bucket(), call.key()))) {
      throw S3Error.InvalidRequest.exception(
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata.");
    }
    SortedMap<String, String> headers = ObjectHeaders.kept(request);
    ObjectRecord copy =
        buckets.copy(
            source.bucket(),
            source.key(),
            call.bucket(),
            call.key(),
            original -> {
              Preconditions.forCopying(request, original);
              return new ObjectRecord(
                  List.of(),
                  original.etag(),
                  clock.instant(),
                  replace ? headers : original.headers(),
                  original.checksums());
            });
    XmlWriter xml = XmlWriter.root("CopyObjectResult");
    xml.text("LastModified", ObjectHeaders.xmlDate(copy.modified())).quoted("ETag", copy.etag());
    return Answer.document(xml);
  }

  private static boolean replacing(S3Request request) throws S3Exception {
    String directive = request.header("x-amz-metadata-directive").orElse("COPY");
    return switch (directive) {
      case "COPY" -> false;
      case "REPLACE" -> true;
      default -> throw S3Error.InvalidArgument.exception("Unknown metadata directive.");
    };
  }

  Answer copyPart(Call call, int number, String uploadId) throws IOException {
    S3Request request = call.request();
    UploadRecord upload = buckets.upload(call.bucket(), call.key(), uploadId);
    Source source = Source.of(request);
    try (Buckets.Reading reading = buckets.read(source.bucket(), source.key())) {
      Preconditions.forCopying(request, reading.object());
      long size = reading.object().size();
      Optional<String> header = request.header("x-amz-copy-source-range");
      ByteRange range =
          header.isPresent() ? ByteRange.ofCopy(header.get(), size) : new ByteRange(0, size);
      try (var piped = new Piped(new ObjectSource(reading, store, range))) {
        Body body = Body.internal(piped, range.length(), upload.algorithm());
        List<Stored> stored =
            new Uploading(store, buckets.shape(call.bucket()))
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
        return Answer.document(xml);
      }
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
