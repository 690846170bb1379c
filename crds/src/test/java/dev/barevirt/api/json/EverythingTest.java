package dev.barevirt.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.schema.SchemaField;
import dev.barevirt.api.schema.SchemaField.Multiplicity;
import dev.barevirt.api.schema.SchemaWalker;
import dev.barevirt.api.v1.KubeVirt;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceMigration;
import dev.barevirt.api.v1.VirtualMachineInstancePreset;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSet;
import dev.barevirt.api.yaml.YamlReader;
import dev.barevirt.api.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A document of each kind that has every field, as it is on the wire. The golden changes when the
 * schema does: look at the difference, then write it anew with {@code -Dgolden=write}.
 */
class EverythingTest {
  private static final Path GOLDENS = Path.of("src", "test", "resources", "golden");

  @ParameterizedTest
  @ValueSource(
      classes = {
        VirtualMachine.class,
        VirtualMachineInstance.class,
        VirtualMachineInstanceReplicaSet.class,
        VirtualMachineInstancePreset.class,
        VirtualMachineInstanceMigration.class,
        KubeVirt.class
      })
  void everyFieldSurvivesReadingAndWriting(Class<? extends Record> kind) throws IOException {
    String yaml = YamlWriter.toYaml(document(kind));
    Path golden = GOLDENS.resolve(kind.getSimpleName() + ".yaml");
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDENS);
      Files.writeString(golden, yaml);
    }

    assertThat(Files.readString(golden)).isEqualTo(yaml);
    Record read = YamlReader.read(kind, yaml).orThrow();
    assertThat(YamlWriter.toYaml(read)).isEqualTo(yaml);
    String json = RecordWriter.toJson(read);
    assertThat(RecordReader.STRICT.read(kind, json).orThrow()).isEqualTo(read);
    assertThat(RecordWriter.toJson(RecordReader.LENIENT.read(kind, json).orThrow()))
        .isEqualTo(json);
    assertThat(RequiredFields.missing(kind, RecordReader.STRICT.readTree(json).orThrow()))
        .isEmpty();
  }

  @Test
  void noMutationOfADocumentMakesReadingThrow() {
    String json = RecordWriter.toJson(document(VirtualMachineInstance.class));
    Random random = new Random(3);
    String alphabet = "{}[]:,\"\\-+.eE0189tfn \u0000\u00e9x";
    for (int i = 0; i < 100; i++) {
      StringBuilder mutated = new StringBuilder(json);
      for (int j = 0; j <= random.nextInt(3); j++) {
        int at = random.nextInt(mutated.length());
        mutated.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Reading<VirtualMachineInstance> strict =
          RecordReader.STRICT.read(VirtualMachineInstance.class, mutated.toString());
      Reading<VirtualMachineInstance> lenient =
          RecordReader.LENIENT.read(VirtualMachineInstance.class, mutated.toString());
      assertThat(strict.problems().isEmpty() && !lenient.problems().isEmpty()).isFalse();
    }
  }

  @Test
  void aValueOfAnotherTypeInAnyPlaceIsOneViolationThere() {
    Map<String, Object> document = document(VirtualMachineInstance.class);
    SchemaWalker.walk(
        VirtualMachineInstance.class,
        (path, field) -> {
          if (field.kind() == SchemaField.Kind.ANY || path.contains("[]")) {
            return;
          }
          Object wrong =
              field.kind() == SchemaField.Kind.TRUTH || field.multiplicity() == Multiplicity.LIST
                  ? Map.of()
                  : List.of();
          assertThat(
                  RecordReader.STRICT
                      .read(
                          VirtualMachineInstance.class,
                          Tree.of(replaced(document, List.of(path.split("\\.")), wrong)))
                      .problems())
              .as(path)
              .singleElement()
              .satisfies(violation -> assertThat(violation.path()).isEqualTo(path));
        });
  }

  private static Map<String, Object> replaced(
      Map<String, Object> document, List<String> path, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(document);
    String first = path.getFirst();
    if (path.size() == 1) {
      copy.put(first, value);
      return copy;
    }
    Map<String, Object> below = new LinkedHashMap<>();
    if (document.get(first) instanceof Map<?, ?> map) {
      map.forEach((key, child) -> below.put(String.valueOf(key), child));
    }
    copy.put(first, replaced(below, path.subList(1, path.size()), value));
    return copy;
  }

  private static Map<String, Object> document(Class<? extends Record> type) {
    Map<String, Object> fields = new LinkedHashMap<>();
    SchemaWalker.fields(type).forEach(field -> fields.put(field.name(), values(field)));
    return fields;
  }

  private static Object values(SchemaField field) {
    Object one = value(field);
    return switch (field.multiplicity()) {
      case ONE -> one;
      case LIST -> List.of(one);
      case MAP -> new TreeMap<>(Map.of("key", one));
    };
  }

  private static Object value(SchemaField field) {
    return switch (field.kind()) {
      case TEXT -> field.allowed().isEmpty() ? "text" : field.allowed().getLast();
      case TRUTH -> true;
      case INTEGER -> 7;
      case LONG -> 4_294_967_295L;
      case NUMBER -> 0.5;
      case QUANTITY -> "1536Mi";
      case TIME -> "2026-11-22T14:15:58Z";
      case INT_OR_STRING -> "http";
      case ANY -> Map.of("any", List.of(1, "two"));
      case OBJECT -> field.struct().map(EverythingTest::document).orElseThrow();
    };
  }
}
