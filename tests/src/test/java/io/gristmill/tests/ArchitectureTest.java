package io.gristmill.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the map of the modules: who may import whom. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.gristmill");

  private static final String[] SPARK = {"org.apache.spark..", "scala.."};

  @Test
  void curationStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.gristmill.curation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.gristmill.tokenization..",
            "io.gristmill.mixing..",
            "io.gristmill.trainer..",
            "io.gristmill.jobs..")
        .check(CLASSES);
  }

  @Test
  void tokenizationKnowsNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage("io.gristmill.tokenization..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.gristmill.curation..",
            "io.gristmill.mixing..",
            "io.gristmill.trainer..",
            "io.gristmill.jobs..")
        .check(CLASSES);
  }

  @Test
  void mixingKnowsTokenizationOnly() {
    noClasses()
        .that()
        .resideInAPackage("io.gristmill.mixing..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.gristmill.curation..", "io.gristmill.trainer..", "io.gristmill.jobs..")
        .check(CLASSES);
  }

  @Test
  void trainerKnowsNeitherCurationNorJobs() {
    noClasses()
        .that()
        .resideInAPackage("io.gristmill.trainer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.gristmill.curation..", "io.gristmill.jobs..")
        .check(CLASSES);
  }

  @Test
  void onlySparkPackagesOfMixingAndTrainerKnowSpark() {
    noClasses()
        .that()
        .resideInAnyPackage("io.gristmill.mixing..", "io.gristmill.trainer..")
        .and()
        .resideOutsideOfPackage("..spark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SPARK)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyKernelsKnowTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gristmill.trainer.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void nothingIsCalledCommonOrUtil() {
    noClasses()
        .should()
        .resideInAnyPackage("..common..", "..core..", "..util..", "..utils..", "..helper..")
        .check(CLASSES);
  }
}
