package org.groundwork.networks.storage.s3;

import java.util.ArrayList;
import java.util.List;

/**
 * One page of the uploads in progress.
 *
 * @param nextKey where the next page goes on, with {@code nextId}
 */
record UploadPage(
    List<UploadRecord.Named> uploads,
    List<String> commonPrefixes,
    boolean truncated,
    String nextKey,
    String nextId) {

  /** Takes a page of uploads that are sorted by key, then by identifier. */
  static UploadPage of(
      List<UploadRecord.Named> sorted,
      String prefix,
      String delimiter,
      String keyMarker,
      String idMarker,
      int max) {
    var uploads = new ArrayList<UploadRecord.Named>();
    var prefixes = new ArrayList<String>();
    String nextKey = keyMarker;
    String nextId = idMarker;
    for (UploadRecord.Named named : sorted) {
      String entry = rolledUp(named.key(), prefix, delimiter);
      boolean common = !entry.equals(named.key());
      if (!named.key().startsWith(prefix)
          || !after(entry, common ? "" : named.id(), keyMarker, idMarker)
          || (common && entry.equals(nextKey))) {
        continue;
      }
      if (uploads.size() + prefixes.size() == max) {
        return new UploadPage(uploads, prefixes, max > 0, nextKey, nextId);
      }
      nextKey = entry;
      nextId = common ? "" : named.id();
      if (common) {
        prefixes.add(entry);
      } else {
        uploads.add(named);
      }
    }
    return new UploadPage(uploads, prefixes, false, nextKey, nextId);
  }

  private static String rolledUp(String key, String prefix, String delimiter) {
    int at =
        delimiter.isEmpty() || !key.startsWith(prefix)
            ? -1
            : key.indexOf(delimiter, prefix.length());
    return at < 0 ? key : key.substring(0, at + delimiter.length());
  }

  private static boolean after(String key, String id, String keyMarker, String idMarker) {
    int order = MetadataKeys.compare(key, keyMarker);
    return order > 0 || (order == 0 && !idMarker.isEmpty() && id.compareTo(idMarker) > 0);
  }
}
