package org.groundwork.engine.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;

/** A result as files: by their paths, without any folder yet. */
public final class ResultFiles {
  public static final String MANIFEST = "manifest.json";
  public static final String RESULT = "result.json";
  public static final String MONEY = "money.json";
  public static final String DEVICES = "devices.json";
  public static final String CHARGES = "charges.json";
  public static final String ECONOMY = "economy.json";

  private static final String INDEXES = "indexes/";
  private static final String VERDICTS = "verdicts/";

  private ResultFiles() {}

  /** Writes the content of one file. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Takes the files of a result one by one. */
  public interface Target {
    void file(String path, Content content) throws IOException;
  }

  /** All files, the manifest among them. */
  public static SortedMap<String, Bytes> encode(
      PublishedResult result, List<SegmentIndex> indexes) {
    SortedMap<String, Bytes> files = new TreeMap<>();
    try {
      write(
          result,
          indexes,
          (path, content) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            content.writeTo(out);
            files.put(path, Bytes.wrap(out.toByteArray()));
          });
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
    return files;
  }

  /** Hands over all files, none of them whole in memory but small ones; the manifest last. */
  static void write(PublishedResult result, List<SegmentIndex> indexes, Target target)
      throws IOException {
    Listing files = new Listing(target);
    StatementJson signed =
        new StatementJson(result.first(), result.statement(), result.dust(), result.skipped());
    files.put(RESULT, signed.encode());
    files.json(MONEY, MoneyJson.document(result.leaves()));
    files.json(DEVICES, DevicesJson.document(result.devices()));
    files.json(CHARGES, ChargesJson.document(result.charges()));
    files.json(ECONOMY, EconomyJson.document(result.economy()));
    for (SegmentIndex index : indexes) {
      files.put(INDEXES + name(index.hash()) + ".index", index.encode());
    }
    for (SegmentVerdicts verdicts : result.segments()) {
      files.put(VERDICTS + name(verdicts.segment()) + ".verdicts", verdicts.encode());
    }
    Bytes manifest = manifest(result, List.copyOf(files.items.values())).encode();
    target.file(MANIFEST, out -> out.write(manifest.unsafeArray()));
  }

  /** Notes size and hash of each file on its way. */
  private static final class Listing {
    private final Target target;
    private final SortedMap<String, Manifest.Item> items = new TreeMap<>();

    Listing(Target target) {
      this.target = target;
    }

    void put(String path, Bytes content) throws IOException {
      put(path, out -> out.write(content.unsafeArray()));
    }

    void json(String path, CanonicalJson.Part document) throws IOException {
      put(path, out -> CanonicalJson.write(out, document));
    }

    void put(String path, Content content) throws IOException {
      target.file(
          path,
          out -> {
            Measured measured = new Measured(out);
            content.writeTo(measured);
            items.put(path, new Manifest.Item(path, measured.size(), measured.hash()));
          });
    }
  }

  /**
   * Reads all files.
   *
   * @throws Malformed if one is missing, unlisted, damaged, or does not fit the statement's roots
   */
  public static PublishedResult decode(Map<String, Bytes> files) throws Malformed {
    SortedMap<String, Bytes> content = new TreeMap<>(files);
    Bytes manifest = take(content, MANIFEST);
    StatementJson signed = StatementJson.decode(take(files, RESULT));
    PublishedResult result =
        new PublishedResult(
            signed.first(),
            signed.statement(),
            MoneyJson.decode(take(files, MONEY)),
            verdicts(content),
            signed.skipped(),
            DevicesJson.decode(take(files, DEVICES)),
            ChargesJson.decode(take(files, CHARGES)),
            EconomyJson.decode(take(files, ECONOMY)),
            signed.dust());
    content.remove(MANIFEST);
    if (!manifest(result, content).encode().equals(manifest)) {
      throw new Malformed("the manifest lists other files");
    }
    if (!EpochResult.moneyRoot(result.leaves()).equals(result.statement().moneyRoot())) {
      throw new Malformed("the money leaves have another root than the statement's");
    }
    return result;
  }

  private static List<SegmentVerdicts> verdicts(SortedMap<String, Bytes> files) throws Malformed {
    List<SegmentVerdicts> verdicts = new ArrayList<>();
    // '0' follows '/': all paths in the folder.
    for (Bytes content : files.subMap(VERDICTS, "verdicts0").values()) {
      verdicts.add(SegmentVerdicts.decode(content));
    }
    return verdicts;
  }

  private static Manifest manifest(PublishedResult result, SortedMap<String, Bytes> files) {
    List<Manifest.Item> items = new ArrayList<>();
    files.forEach((path, content) ->
        items.add(new Manifest.Item(path, content.size(), Sha256.hash(content.unsafeArray()))));
    return manifest(result, items);
  }

  private static Manifest manifest(PublishedResult result, List<Manifest.Item> items) {
    return new Manifest(
        result.statement().epoch(),
        result.statement().attempt(),
        result.statement().structHash(),
        items);
  }

  private static Bytes take(Map<String, Bytes> files, String path) throws Malformed {
    Bytes content = files.get(path);
    if (content == null) {
      throw new Malformed("no file " + path);
    }
    return content;
  }

  private static String name(Hash hash) {
    return hash.toHex().substring(2);
  }
}
