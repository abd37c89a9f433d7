package org.groundwork.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.util.Calendar;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.UUID;

/** The layers of the house, as the table in docs/decisions/modules.md states them. */
@AnalyzeClasses(packages = "org.groundwork", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  @ArchTest
  static final ArchRule MODULES_DEPEND_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("protocol")
          .definedBy("org.groundwork.protocol..")
          .layer("rules-api")
          .definedBy("org.groundwork.rules..")
          .layer("engine")
          .definedBy("org.groundwork.engine..")
          .layer("engine-flink")
          .definedBy("org.groundwork.flink..")
          .layer("settlement")
          .definedBy("org.groundwork.settlement..")
          .layer("agent")
          .definedBy("org.groundwork.agent..")
          .layer("node")
          .definedBy("org.groundwork.node..")
          .layer("networks")
          .definedBy("org.groundwork.networks..")
          .layer("cli")
          .definedBy("org.groundwork.cli..")
          .layer("simulator")
          .definedBy("org.groundwork.simulator..")
          .layer("testkit")
          .definedBy("org.groundwork.testkit..")
          .whereLayer("protocol")
          .mayNotAccessAnyLayer()
          .whereLayer("rules-api")
          .mayOnlyAccessLayers("protocol")
          .whereLayer("engine")
          .mayOnlyAccessLayers("protocol", "rules-api")
          .whereLayer("engine-flink")
          .mayOnlyAccessLayers("protocol", "rules-api", "engine")
          .whereLayer("engine-flink")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("settlement")
          .mayOnlyAccessLayers("protocol")
          .whereLayer("agent")
          .mayOnlyAccessLayers("protocol", "rules-api")
          .whereLayer("node")
          .mayOnlyAccessLayers("protocol", "rules-api", "engine", "settlement", "agent")
          .whereLayer("networks")
          .mayOnlyAccessLayers("protocol", "rules-api", "agent")
          .whereLayer("simulator")
          .mayOnlyAccessLayers("protocol", "rules-api", "engine", "agent", "node", "networks")
          .whereLayer("testkit")
          .mayOnlyAccessLayers("protocol", "rules-api", "settlement")
          .whereLayer("testkit")
          .mayNotBeAccessedByAnyLayer()
          .withOptionalLayers(true);

  @ArchTest
  static final ArchRule RULES_OF_NETWORKS_ARE_PURE =
      classes()
          .that()
          .resideInAPackage("org.groundwork.networks.*.rules..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang..",
              "java.util..",
              "java.math..",
              "java.nio.charset..",
              "org.jspecify..",
              "org.groundwork.protocol..",
              "org.groundwork.rules..",
              "org.groundwork.networks.*.rules..",
              "org.groundwork.networks.*.wire..")
          .andShould()
          .onlyAccessClassesThat(
              JavaClass.Predicates.resideOutsideOfPackages("java.util.concurrent.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule NO_FLOATING_POINT_DECIDES =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.groundwork.protocol",
              "org.groundwork.rules..",
              "org.groundwork.networks.*.rules..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.belongToAnyOf(Double.class, Float.class, StrictMath.class))
          .orShould()
          .dependOnClassesThat(new FloatingPointPrimitive());

  /** What differs from run to run, or from machine to machine, and would give other roots. */
  @ArchTest
  static final ArchRule RULES_DEPEND_ON_THEIR_INPUT_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.groundwork.rules..",
              "org.groundwork.networks.*.rules..",
              "org.groundwork.networks.*.wire..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.belongToAnyOf(
                  Random.class,
                  SplittableRandom.class,
                  SecureRandom.class,
                  UUID.class,
                  Date.class,
                  Calendar.class,
                  TimeZone.class,
                  Runtime.class,
                  HashMap.class,
                  HashSet.class,
                  IdentityHashMap.class))
          .orShould()
          .callMethodWhere(new UnsortedOrAmbient());

  @ArchTest
  static final ArchRule NOTHING_ABOVE_SETTLEMENT_NAMES_AN_EVM_TYPE =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.groundwork.settlement..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.web3j..");

  @ArchTest
  static final ArchRule ONE_PACKAGE_NAMES_CRYPTO_LIBRARIES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.groundwork.protocol.crypto..", "org.groundwork.settlement..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.amazon.corretto..", "org.bouncycastle..");

  @ArchTest
  static final ArchRule PURE_PACKAGES_READ_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.groundwork.protocol",
              "org.groundwork.rules..",
              "org.groundwork.engine..",
              "org.groundwork.networks.*.rules..",
              "org.groundwork.networks.*.wire..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);
}
