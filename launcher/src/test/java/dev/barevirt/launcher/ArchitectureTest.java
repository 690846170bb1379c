package dev.barevirt.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.architecture.Structure;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.device.DeviceMappers;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final Structure structure = Structure.of("dev.barevirt.launcher", 60);

  @Test
  void keepsTheRulesOfEveryModule() {
    structure.check();
  }

  @Test
  void knowsNoKubernetesClient() {
    structure.keepsOut("io.fabric8..");
  }

  @Test
  void theResidentLauncherIsFreeOfTheCommandLine() {
    structure.keepsOut("picocli..", "..launcher.cli..");
    structure.keepsOut("org.snakeyaml..", "..launcher.cli..");
    structure.check(
        noClasses()
            .that()
            .resideOutsideOfPackage("..launcher.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..launcher.cli.."));
  }

  @Test
  void theMachineDoesNotKnowWhoAsksForIt() {
    structure.check(
        noClasses()
            .that()
            .resideInAPackage("..launcher.machine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..launcher.guest..", "..launcher.qemu..", "..launcher.rpc.."));
  }

  @Test
  void mappersAreFinalAndKeepNothing() {
    structure.isAFamily("dev.barevirt.launcher.machine.device", "Mapper");
  }

  @Test
  void everyMapperIsInTheListOnce() {
    assertThat(DeviceMappers.ALL)
        .extracting(mapper -> mapper.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(structure.implementing(DeviceMapper.class));
  }
}
