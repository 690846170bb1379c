package dev.barevirt.control;

import dev.barevirt.architecture.Structure;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final Structure structure = Structure.of("dev.barevirt.control", 20);

  @Test
  void keepsTheRulesOfEveryModule() {
    structure.check();
  }

  @Test
  void servesHttpInOnePackage() {
    structure.keepsOut("io.vertx..", "..control.http..");
  }
}
