package org.groundwork.networks.storage.rules;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** One JSON object of whole numbers and decimal texts, without blanks. */
final class FlatJson {
  private static final int MAX_SIZE = 4096;
  private static final String FIELD = "\"([A-Za-z]{1,40})\":(\"?)(0|[1-9][0-9]{0,77})\\2";
  private static final Pattern NEXT = Pattern.compile("\\G[{,]" + FIELD);

  private final TreeMap<String, String> numbers = new TreeMap<>();
  private final TreeMap<String, String> texts = new TreeMap<>();

  private FlatJson() {}

  static FlatJson parse(Bytes json) throws Malformed {
    if (json.size() > MAX_SIZE) {
      throw new Malformed("parameters of " + json.size() + " bytes");
    }
    String text = new String(json.unsafeArray(), StandardCharsets.US_ASCII);
    FlatJson fields = new FlatJson();
    Matcher field = NEXT.matcher(text);
    int end = 0;
    while (field.find() && (text.charAt(field.start()) == '{') == (end == 0)) {
      fields.put(field.group(1), field.group(2).isEmpty(), field.group(3));
      end = field.end();
    }
    if (!text.substring(end).equals("}")) {
      throw new Malformed("parameters are no canonical JSON object from character " + end + " on");
    }
    return fields;
  }

  int takeInt(String key) throws Malformed {
    return Integer.parseInt(take(numbers, key, "a number"));
  }

  String takeText(String key) throws Malformed {
    return take(texts, key, "decimal digits in quotes");
  }

  /**
   * Checks that everything was taken.
   *
   * @throws Malformed if a key is left over
   */
  void end() throws Malformed {
    if (!numbers.isEmpty() || !texts.isEmpty()) {
      throw new Malformed("unknown parameters: " + numbers.keySet() + texts.keySet());
    }
  }

  private void put(String key, boolean number, String digits) throws Malformed {
    if (numbers.containsKey(key) || texts.containsKey(key)) {
      throw new Malformed("parameter " + key + " is there twice");
    }
    (number ? numbers : texts).put(key, digits);
  }

  private static String take(Map<String, String> from, String key, String what) throws Malformed {
    String value = from.remove(key);
    if (value == null) {
      throw new Malformed("parameter " + key + " is missing or not " + what);
    }
    return value;
  }
}
