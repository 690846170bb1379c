package dev.barevirt.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.kube.VirtualMachineResource;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
            names(VirtualMachineResource.class), names(VirtualMachineInstanceResource.class));
  }

  @Test
  void aMachineHasItsStatusApartAndAnInstanceHasNot() {
    assertThat(KINDS.stream().map(kind -> read(kind).getSpec().getVersions()))
        .allSatisfy(
            versions ->
                assertThat(versions)
                    .extracting(CustomResourceDefinitionVersion::getName)
                    .containsExactly("v1", "v1alpha3"));
    assertThat(read(KINDS.getFirst()).getSpec().getVersions())
        .allSatisfy(version -> assertThat(version.getSubresources().getStatus()).isNotNull());
    assertThat(read(KINDS.getLast()).getSpec().getVersions())
        .allSatisfy(version -> assertThat(version.getSubresources()).isNull());
  }

  @Test
  void columnsAreThoseUsersSee() {
    assertThat(columns(KINDS.getFirst())).containsExactly("Age", "Status", "Ready");
    assertThat(columns(KINDS.getLast()))
        .containsExactly(
            "Age", "Phase", "IP", "NodeName", "Ready", "Live-Migratable wide", "Paused wide");
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
      assertThat(lists).contains(".status.conditions map [type]");
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

  private List<String> columns(ServedKind kind) {
    return read(kind).getSpec().getVersions().getFirst().getAdditionalPrinterColumns().stream()
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
