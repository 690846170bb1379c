package dev.barevirt.qmp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.architecture.DocComments;
import dev.barevirt.architecture.Structure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What may depend on what in this module. */
final class ArchitectureTest {
  private final Structure structure = Structure.of("dev.barevirt.qmp", 200);

  @Test
  void keepsTheRulesOfEveryModule() {
    structure.check();
  }

  @Test
  void theEventLoopIsKnownToTheWireOnly() {
    structure.keepsOut("io.netty..", "..qmp.wire..");
  }

  @Test
  void jsonIsReadByTheWireOnly() {
    structure.keepsOut("com.fasterxml.jackson..", "..qmp.wire..");
  }

  @Test
  void knowsNothingOfKubernetesOrOfOurOtherModules() {
    structure.keepsOut("io.fabric8..");
    structure.keepsOut("dev.barevirt.api..");
    structure.keepsOut("dev.barevirt.launcher..");
  }

  @Test
  void theWireKnowsNobody() {
    structure.check(
        noClasses()
            .that()
            .resideInAPackage("dev.barevirt.qmp.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.barevirt.qmp",
                "dev.barevirt.qmp.command..",
                "dev.barevirt.qmp.event..",
                "dev.barevirt.qmp.agent.."));
  }

  @Test
  void theClientKnowsNoCommand() {
    structure.check(
        noClasses()
            .that()
            .resideInAPackage("dev.barevirt.qmp")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.barevirt.qmp.command.."));
  }

  @Test
  void everythingPublicHasADocComment() throws Exception {
    assertThat(DocComments.missing(Path.of("src/main/java"), 150)).isEmpty();
  }

  @Test
  void commandsAreRecordsAndEnums() {
    structure.check(
        classes()
            .that()
            .resideInAPackage("dev.barevirt.qmp.command..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .beRecords()
            .orShould()
            .beEnums());
  }
}
