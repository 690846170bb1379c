package dev.barevirt.api;

import dev.barevirt.architecture.Structure;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final Structure structure = Structure.of("dev.barevirt.api", 1);

  @Test
  void keepsTheRulesOfEveryModule() {
    structure.check();
  }

  @Test
  void onlyTheCustomResourcesKnowTheKubernetesClient() {
    structure.keepsOut("io.fabric8..", "..api.kube..");
  }

  @Test
  void onlyTheYamlReaderKnowsTheYamlLibrary() {
    structure.keepsOut("org.snakeyaml..", "..api.yaml..");
  }
}
