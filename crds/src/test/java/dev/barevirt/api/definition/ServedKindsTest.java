package dev.barevirt.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.barevirt.api.kube.KubeVirtResource;
import dev.barevirt.api.kube.VirtualMachineInstanceMigrationResource;
import dev.barevirt.api.kube.VirtualMachineInstancePresetResource;
import dev.barevirt.api.kube.VirtualMachineInstanceReplicaSetResource;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.kube.VirtualMachineResource;
import dev.barevirt.api.v1.VirtualMachineInstancePreset;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The definitions that are checked in are those of the records, and say what KubeVirt's say. */
class ServedKindsTest {
  private static final Path GENERATED = Path.of("generated");

  /** What kubectl's apply keeps in an annotation, and the server refuses above. */
  private static final int LARGEST_APPLIED = 262_144;

  private static final List<ServedKind> KINDS = ServedKinds.ALL;

  private final KubernetesSerialization client = new KubernetesSerialization();

  @ParameterizedTest
  @FieldSource("KINDS")
  void isCheckedIn(ServedKind kind) throws IOException {
    assertThat(GENERATED.resolve(DefinitionsMain.fileName(kind)))
        .as("run `make generate`")
        .content(StandardCharsets.UTF_8)
        .isEqualTo(DefinitionsMain.text(kind));
  }

  @Test
  void nothingElseIsCheckedIn() throws IOException {
    try (Stream<Path> files = Files.list(GENERATED)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              KINDS.stream().map(DefinitionsMain::fileName).toList());
    }
  }

  @Test
  void areThoseTheClientKnows() {
    assertThat(KINDS.stream().map(this::names))
        .containsExactly(
            names(VirtualMachineResource.class),
            names(VirtualMachineInstanceResource.class),
            names(VirtualMachineInstanceReplicaSetResource.class),
            names(VirtualMachineInstancePresetResource.class),
            names(VirtualMachineInstanceMigrationResource.class),
            names(KubeVirtResource.class));
  }

  @ParameterizedTest
  @CsvSource({
    "VirtualMachine, status",
    "VirtualMachineInstance, ",
    "VirtualMachineInstanceReplicaSet, scale status",
    "VirtualMachineInstancePreset, ",
    "VirtualMachineInstanceMigration, status",
    "KubeVirt, status"
  })
  void hasItsSubresourcesInBothVersions(String name, @Nullable String subresources) {
    assertThat(read(kind(name)).getSpec().getVersions())
        .extracting(CustomResourceDefinitionVersion::getName)
        .containsExactly("v1", "v1alpha3");
    assertThat(read(kind(name)).getSpec().getVersions())
        .extracting(ServedKindsTest::subresources)
        .containsOnly(subresources == null ? "" : subresources);
  }

  private static String subresources(CustomResourceDefinitionVersion version) {
    var subresources = version.getSubresources();
    if (subresources == null) {
      return "";
    }
    var scale = subresources.getScale();
    if (scale != null) {
      assertThat(scale.getSpecReplicasPath()).isEqualTo(".spec.replicas");
      assertThat(scale.getStatusReplicasPath()).isEqualTo(".status.replicas");
      assertThat(scale.getLabelSelectorPath()).isEqualTo(".status.labelSelector");
    }
    return (scale == null ? "" : "scale ") + (subresources.getStatus() == null ? "" : "status");
  }

  @ParameterizedTest
  @CsvSource({
    "VirtualMachine, v1",
    "VirtualMachineInstancePreset, v1alpha3",
    "VirtualMachineInstanceMigration, v1"
  })
  void isStoredInOneVersionAndWarnsOfTheOthers(String name, String stored) {
    assertThat(read(kind(name)).getSpec().getVersions())
        .filteredOn(CustomResourceDefinitionVersion::getStorage)
        .extracting(CustomResourceDefinitionVersion::getName)
        .containsExactly(stored);
    assertThat(read(kind(name)).getSpec().getVersions().getLast().getDeprecationWarning())
        .startsWith("kubevirt.io/v1alpha3 ");
  }

  @Test
  void columnsAreThoseUsersSee() {
    assertThat(columns("VirtualMachine")).containsExactly("Age", "Status", "Ready");
    assertThat(columns("VirtualMachineInstance"))
        .containsExactly(
            "Age", "Phase", "IP", "NodeName", "Ready", "Live-Migratable wide", "Paused wide");
    assertThat(columns("VirtualMachineInstanceReplicaSet"))
        .containsExactly("Desired", "Current", "Ready", "Age");
    assertThat(columns("VirtualMachineInstancePreset")).isEmpty();
    assertThat(columns("VirtualMachineInstanceMigration")).containsExactly("Phase", "VMI");
    assertThat(columns("KubeVirt")).containsExactly("Age", "Phase");
  }

  @Test
  void wordsNoRuleLooksAtAreRefusedByTheSchema() {
    List<String> closed = new ArrayList<>();
    enums("", schema(kind("KubeVirt")), closed);

    assertThat(closed)
        .contains(".spec.configuration.roleAggregationStrategy [AggregateToDefault, Manual]")
        .noneMatch(path -> path.contains("evictionStrategy"));
  }

  private JSONSchemaProps schema(ServedKind kind) {
    return read(kind).getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
  }

  private static void enums(String path, JSONSchemaProps schema, List<String> closed) {
    if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
      closed.add(path + " " + schema.getEnum().stream().map(JsonNode::asText).toList());
    }
    if (schema.getProperties() != null) {
      schema.getProperties().forEach((name, field) -> enums(path + "." + name, field, closed));
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void isStrictAndStructural(ServedKind kind) {
    for (CustomResourceDefinitionVersion version : read(kind).getSpec().getVersions()) {
      List<String> loose = new ArrayList<>();
      List<String> lists = new ArrayList<>();
      walk("", version.getSchema().getOpenAPIV3Schema(), loose, lists);

      assertThat(loose).allMatch(path -> path.endsWith(".metadata.managedFields[].fieldsV1{}"));
      assertThat(lists).filteredOn(path -> path.endsWith(" none")).isEmpty();
      if (kind.record() != VirtualMachineInstancePreset.class) {
        assertThat(lists).contains(".status.conditions map [type]");
      }
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void canBeAppliedByAnyClient(ServedKind kind) {
    assertThat(client.asJson(read(kind)).length()).isLessThan(LARGEST_APPLIED);
  }

  private static void walk(
      String path, JSONSchemaProps schema, List<String> loose, List<String> lists) {
    if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
      loose.add(path);
    }
    if ("array".equals(schema.getType())) {
      String keys =
          schema.getXKubernetesListMapKeys().isEmpty()
              ? ""
              : " " + schema.getXKubernetesListMapKeys();
      lists.add(
          path + " " + Objects.requireNonNullElse(schema.getXKubernetesListType(), "none") + keys);
      walk(path + "[]", schema.getItems().getSchema(), loose, lists);
    }
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach((name, property) -> walk(path + "." + name, property, loose, lists));
    }
    if (schema.getAdditionalProperties() != null) {
      walk(path + "{}", schema.getAdditionalProperties().getSchema(), loose, lists);
    }
  }

  private static ServedKind kind(String name) {
    return KINDS.stream().filter(kind -> kind.kind().equals(name)).findFirst().orElseThrow();
  }

  private List<String> columns(String name) {
    return read(kind(name))
        .getSpec()
        .getVersions()
        .getFirst()
        .getAdditionalPrinterColumns()
        .stream()
        .map(column -> column.getName() + (column.getPriority() == null ? "" : " wide"))
        .toList();
  }

  private List<Object> names(ServedKind kind) {
    var spec = read(kind).getSpec();
    return List.of(
        spec.getGroup(),
        spec.getVersions().getFirst().getName(),
        spec.getNames().getKind(),
        spec.getNames().getPlural(),
        spec.getNames().getShortNames());
  }

  private static List<Object> names(Class<? extends HasMetadata> type) {
    return List.of(
        HasMetadata.getGroup(type),
        HasMetadata.getVersion(type),
        HasMetadata.getKind(type),
        HasMetadata.getPlural(type),
        List.of(
            type.getAnnotation(io.fabric8.kubernetes.model.annotation.ShortNames.class).value()));
  }

  private CustomResourceDefinition read(ServedKind kind) {
    return client.unmarshal(DefinitionsMain.text(kind), CustomResourceDefinition.class);
  }
}
