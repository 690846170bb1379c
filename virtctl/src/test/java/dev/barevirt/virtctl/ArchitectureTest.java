package dev.barevirt.virtctl;

import dev.barevirt.architecture.Structure;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final Structure structure = Structure.of("dev.barevirt.virtctl", 40);

  @Test
  void keepsTheRulesOfEveryModule() {
    structure.check();
  }

  @Test
  void carriesNoKubernetesClientAndNoCommandLineLibrary() {
    structure.keepsOut("io.fabric8..");
    structure.keepsOut("picocli..");
  }
}
