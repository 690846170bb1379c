package dev.barevirt.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.architecture.DocComments;
import dev.barevirt.architecture.Structure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final Structure structure = Structure.of("dev.barevirt.api", 250);

  @Test
  void keepsTheRulesOfEveryModule() {
    structure.check();
  }

  @Test
  void onlyTheCustomResourcesKnowTheKubernetesClient() {
    structure.keepsOut("io.fabric8..", "..api.kube..");
    structure.keepsOut("com.fasterxml.jackson.databind..", "..api.kube..");
  }

  @Test
  void onlyTheReaderAndTheWriterKnowTheJsonLibrary() {
    structure.keepsOut("com.fasterxml.jackson.core..", "..api.json..", "..api.kube..");
  }

  @Test
  void onlyTheYamlReaderKnowsTheYamlLibrary() {
    structure.keepsOut("org.snakeyaml..", "..api.yaml..");
  }

  @Test
  void everythingPublicHasADocComment() throws Exception {
    assertThat(DocComments.missing(Path.of("src/main/java"), 200)).isEmpty();
  }

  @Test
  void theSchemaIsMadeOfValues() {
    structure.holdsOnlyValues("..api.v1..", "..api.cdi..", "..api.launcher..");
  }
}
