package org.groundwork.networks.storage.s3;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The request to make one object of an upload's parts: checks that the parts are those that the
 * client means, and computes what the whole is called.
 *
 * @param headers of the request, which may tell size and checksum of the whole
 * @param token what makes the object's version a new one
 */
record Completion(
    List<Wanted> wanted, SortedMap<String, String> headers, Instant now, ObjectRecord.Version token)
    implements Buckets.Completing {
  /** 5 MiB, the bound of S3. */
  static final long MIN_PART_BYTES = 5L << 20;

  /** A part as the client lists it, with the checksums that it names. */
  record Wanted(int number, String etag, SortedMap<String, String> checksums) {}

  Completion {
    wanted = List.copyOf(wanted);
  }

  static Completion of(
      XmlNode document, SortedMap<String, String> headers, Instant now, ObjectRecord.Version token)
      throws S3Exception {
    var wanted = new ArrayList<Wanted>();
    for (XmlNode part : document.all("Part")) {
      wanted.add(
          new Wanted(
              number(part),
              Preconditions.unquote(
                  part.child("ETag").orElseThrow(S3Error.MalformedXML::exception).strip()),
              checksums(part)));
    }
    if (wanted.isEmpty() || wanted.size() > MultipartOperations.MAX_PARTS) {
      throw S3Error.MalformedXML.exception();
    }
    return new Completion(wanted, headers, now, token);
  }

  private static int number(XmlNode part) throws S3Exception {
    try {
      return Integer.parseInt(part.child("PartNumber").orElse("").strip());
    } catch (NumberFormatException e) {
      throw S3Error.MalformedXML.exception();
    }
  }

  private static SortedMap<String, String> checksums(XmlNode part) {
    var checksums = new TreeMap<String, String>();
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      part.child(algorithm.element())
          .ifPresent(value -> checksums.put(algorithm.header(), value.strip()));
    }
    return checksums;
  }

  @Override
  public ObjectRecord complete(UploadRecord upload, SortedMap<Integer, UploadRecord.Part> uploaded)
      throws S3Exception {
    List<UploadRecord.Part> parts = chosen(uploaded);
    var blobs = new ArrayList<ObjectRecord.Blob>();
    MessageDigest md5 = SigV4.digest("MD5");
    for (UploadRecord.Part part : parts) {
      blobs.addAll(part.blobs());
      md5.update(HexFormat.of().parseHex(part.etag()));
    }
    checkSize(parts);
    SortedMap<String, String> checksums = wholeChecksum(upload, parts);
    return new ObjectRecord(
        blobs,
        HexFormat.of().formatHex(md5.digest()) + "-" + parts.size(),
        now,
        upload.headers(),
        checksums,
        parts.stream().map(part -> kept(part, upload)).toList(),
        upload.owned(),
        token);
  }

  private static ObjectRecord.Part kept(UploadRecord.Part part, UploadRecord upload) {
    String header = upload.algorithm().map(ChecksumAlgorithm::header).orElse("");
    return new ObjectRecord.Part(part.size(), part.checksums().getOrDefault(header, ""));
  }

  private List<UploadRecord.Part> chosen(SortedMap<Integer, UploadRecord.Part> uploaded)
      throws S3Exception {
    var parts = new ArrayList<UploadRecord.Part>();
    int before = 0;
    for (Wanted want : wanted) {
      if (want.number() <= before) {
        throw S3Error.InvalidPartOrder.exception();
      }
      before = want.number();
      UploadRecord.Part part = uploaded.get(want.number());
      if (part == null || !part.etag().equals(want.etag()) || contradicts(part, want)) {
        throw S3Error.InvalidPart.exception();
      }
      parts.add(part);
    }
    return parts;
  }

  private static boolean contradicts(UploadRecord.Part part, Wanted want) {
    return part.checksums().entrySet().stream()
        .anyMatch(
            c -> !want.checksums().getOrDefault(c.getKey(), c.getValue()).equals(c.getValue()));
  }

  private void checkSize(List<UploadRecord.Part> parts) throws S3Exception {
    long size = 0;
    for (UploadRecord.Part part : parts) {
      size += part.size();
      if (part.number() != parts.getLast().number() && part.size() < MIN_PART_BYTES) {
        throw S3Error.EntityTooSmall.exception();
      }
    }
    if (size > ObjectOperations.MAX_OBJECT_BYTES) {
      throw S3Error.EntityTooLarge.exception();
    }
    String claimed = headers.getOrDefault("x-amz-mp-object-size", Long.toString(size));
    if (!claimed.equals(Long.toString(size))) {
      throw S3Error.InvalidRequest.exception("The parts have " + size + " bytes in all.");
    }
  }

  private SortedMap<String, String> wholeChecksum(
      UploadRecord upload, List<UploadRecord.Part> parts) throws S3Exception {
    var result = new TreeMap<String, String>();
    Optional<ChecksumAlgorithm> algorithm = upload.algorithm();
    if (algorithm.isEmpty()) {
      return result;
    }
    String header = algorithm.get().header();
    String value =
        upload.fullObject()
            ? joined(algorithm.get(), parts)
            : composite(algorithm.get(), parts) + "-" + parts.size();
    if (!headers.getOrDefault(header, value).equals(value)) {
      throw S3Error.BadDigest.exception("The " + algorithm.get() + " of the whole does not match.");
    }
    result.put(header, value);
    result.put("x-amz-checksum-type", upload.fullObject() ? "FULL_OBJECT" : "COMPOSITE");
    return result;
  }

  private static String composite(ChecksumAlgorithm algorithm, List<UploadRecord.Part> parts) {
    ChecksumAlgorithm.Digest digest = algorithm.start();
    for (UploadRecord.Part part : parts) {
      byte[] value = checksum(part, algorithm);
      digest.update(value, 0, value.length);
    }
    return Base64.getEncoder().encodeToString(digest.finish());
  }

  private static String joined(ChecksumAlgorithm algorithm, List<UploadRecord.Part> parts) {
    CrcJoin join = algorithm.joining().orElseThrow();
    long crc = 0;
    for (UploadRecord.Part part : parts) {
      crc = join.join(crc, ChecksumAlgorithm.fromBigEndian(checksum(part, algorithm)), part.size());
    }
    return Base64.getEncoder()
        .encodeToString(ChecksumAlgorithm.bigEndian(crc, join.width() / Byte.SIZE));
  }

  /** Every part of an upload with an algorithm has its checksum: it was asked for. */
  private static byte[] checksum(UploadRecord.Part part, ChecksumAlgorithm algorithm) {
    return Base64.getDecoder().decode(part.checksums().getOrDefault(algorithm.header(), ""));
  }
}
