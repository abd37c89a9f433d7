package org.groundwork.checks;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Map;
import java.util.Set;

/** Calls that make sets and maps whose order differs from run to run, or ask the machine. */
final class UnsortedOrAmbient extends DescribedPredicate<JavaMethodCall> {
  private static final Map<String, Set<String>> METHODS =
      Map.of(
          "java.util.Set", Set.of("of", "copyOf"),
          "java.util.Map", Set.of("of", "copyOf", "ofEntries"),
          "java.util.stream.Collectors", Set.of("toSet", "toUnmodifiableSet", "toUnmodifiableMap"),
          "java.lang.Math", Set.of("random"),
          "java.lang.System",
              Set.of("getenv", "getProperty", "identityHashCode", "currentTimeMillis", "nanoTime"));

  UnsortedOrAmbient() {
    super("calls for unsorted sets and maps, randomness or the machine's state");
  }

  @Override
  public boolean test(JavaMethodCall call) {
    return METHODS.getOrDefault(call.getTargetOwner().getName(), Set.of()).contains(call.getName());
  }
}
