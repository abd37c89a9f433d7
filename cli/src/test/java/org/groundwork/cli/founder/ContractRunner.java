package org.groundwork.cli.founder;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.groundwork.testkit.network.NetworkContract;
import org.junit.jupiter.api.Test;

/** Runs one contract test in the folder of its module, without anything else of JUnit. */
final class ContractRunner {
  private ContractRunner() {}

  public static void main(String[] args) throws Exception {
    Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    for (Method test : NetworkContract.class.getDeclaredMethods()) {
      if (test.isAnnotationPresent(Test.class)) {
        test.setAccessible(true);
        test.invoke(constructor.newInstance());
        System.out.println("passed " + test.getName());
      }
    }
  }
}
