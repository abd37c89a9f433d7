package org.groundwork.checks;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** The primitive types float and double. */
final class FloatingPointPrimitive extends DescribedPredicate<JavaClass> {
  FloatingPointPrimitive() {
    super("are float or double");
  }

  @Override
  public boolean test(JavaClass type) {
    String name = type.getBaseComponentType().getName();
    return name.equals("double") || name.equals("float");
  }
}
