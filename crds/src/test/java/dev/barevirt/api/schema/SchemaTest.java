package dev.barevirt.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.domain.Cpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SchemaTest {

  @Test
  void findsAFieldByItsPath() {
    SchemaField bus =
        SchemaWalker.find(VirtualMachineInstance.class, "spec.domain.devices.disks[0].disk.bus")
            .orElseThrow();

    assertThat(bus.typeName()).isEqualTo("text");
    assertThat(bus.allowed()).containsExactly("virtio", "sata", "scsi", "usb");
    assertThat(SchemaWalker.find(VirtualMachineInstance.class, "spec.domain.devices.discs"))
        .isEmpty();
    assertThat(SchemaWalker.find(VirtualMachineInstance.class, "spec.domain.cpu.cores.x"))
        .isEmpty();
    assertThat(SchemaWalker.find(VirtualMachineInstance.class, "")).isEmpty();
    assertThat(SchemaWalker.find(VirtualMachineInstance.class, "spec.networks.multus.default"))
        .isPresent();
  }

  @Test
  void everyFieldSaysInOneSentenceWhatItIs() {
    List<String> silent = new ArrayList<>();
    Set<String> paths = new TreeSet<>();
    SchemaWalker.walk(
        VirtualMachine.class,
        (path, field) -> {
          paths.add(path);
          if (!field.doc().endsWith(".") || field.doc().length() > 120) {
            silent.add(path);
          }
        });
    assertThat(silent).isEmpty();
    assertThat(paths)
        .hasSizeGreaterThan(800)
        .contains(
            "spec.template.spec.domain.devices.disks[].blockSize.custom.logical",
            "spec.template.spec.affinity.podAffinity"
                + ".requiredDuringSchedulingIgnoredDuringExecution[].topologyKey",
            "spec.template.spec.domain.resources.requests[]");
  }

  @Test
  void makesAStructuralSchema() {
    Map<String, Object> schema = OpenApiSchema.of(Cpu.class);

    assertThat(schema).containsEntry("type", "object").doesNotContainKey("required");
    assertThat(at(schema, "properties", "cores"))
        .isEqualTo(
            Map.of(
                "description", "Cores in each socket; one when absent.",
                "type", "integer",
                "format", "int64",
                "minimum", 0));
  }

  @Test
  void leavesMetadataToTheServerAndKeepsConditionsApart() {
    Map<String, Object> schema = OpenApiSchema.ofKind(VirtualMachineInstance.class);

    assertThat(at(schema, "properties", "metadata")).isEqualTo(Map.of("type", "object"));
    assertThat(at(schema, "properties", "status", "properties", "conditions"))
        .containsEntry("x-kubernetes-list-type", "map");
    assertThat(at(schema, "properties", "spec", "properties", "domain"))
        .containsEntry("required", List.of("devices"));
  }

  private static Map<String, Object> at(Map<String, Object> schema, String... path) {
    Map<String, Object> at = schema;
    for (String step : path) {
      @SuppressWarnings("unchecked") // a schema has texts as keys at every level
      Map<String, Object> next = (Map<String, Object>) at.get(step);
      assertThat(next).as(step).isNotNull();
      at = next;
    }
    return at;
  }
}
