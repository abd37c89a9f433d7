package org.groundwork.rules;

import java.nio.charset.StandardCharsets;

/** Cuts evidence to its bound, and makes it text that survives being written and read. */
final class EvidenceText {
  private EvidenceText() {}

  static String of(String text) {
    int end = Math.min(text.length(), Verdict.Rejected.MAX_EVIDENCE);
    byte[] encoded = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
    return new String(encoded, StandardCharsets.UTF_8);
  }
}
