package dev.barevirt.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.barevirt.architecture.Structure;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final Structure structure = Structure.of("dev.barevirt.agent", 60);

  @Test
  void keepsTheRulesOfEveryModule() {
    structure.check();
  }

  @Test
  void knowsQemuOnlyByTheEnvelope() {
    structure.check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.barevirt.qmp",
                "dev.barevirt.qmp.command..",
                "dev.barevirt.qmp.event..",
                "dev.barevirt.qmp.agent.."));
  }

  @Test
  void speaksToTheKubeletInOnePackage() {
    structure.keepsOut("io.grpc..", "..agent.device..");
  }

  @Test
  void servesHttpInOnePackage() {
    structure.keepsOut("io.vertx..", "..agent.stream..");
  }
}
