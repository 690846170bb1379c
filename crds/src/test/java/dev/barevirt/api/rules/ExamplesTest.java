package dev.barevirt.api.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.yaml.YamlReader;
import dev.barevirt.api.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples people copy are right. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples");

  /** What the examples' access credentials name. */
  private static final Set<String> FILES_OF_SECRETS = Set.of("admin-keys", "passwords");

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @Test
  void thereAreADozenAtLeast() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(12);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void passesTheRules(Path example) throws IOException {
    VirtualMachineInstance vmi = read(example);
    Set<String> given = new HashSet<>();
    vmi.spec().volumes().forEach(volume -> given.add(volume.name()));
    vmi.spec().networks().forEach(network -> given.add(network.name()));
    given.addAll(FILES_OF_SECRETS);

    assertThat(example.getFileName()).hasToString(vmi.metadata().name() + ".yaml");
    assertThat(VmiRules.check(vmi)).isEmpty();
    assertThat(VmiRules.checkStandalone(vmi, given)).isEmpty();
    assertThat(NoEffectFields.of(vmi)).isEmpty();
    VirtualMachineInstance filled = VmiDefaults.apply(vmi, ClusterSettings.DEFAULT, "");
    assertThat(VmiRules.check(filled)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isTheSameAfterWritingAndReading(Path example) throws IOException {
    VirtualMachineInstance vmi = read(example);

    assertThat(
            RecordReader.STRICT
                .read(VirtualMachineInstance.class, RecordWriter.toJson(vmi))
                .orThrow())
        .isEqualTo(vmi);
    assertThat(YamlReader.read(VirtualMachineInstance.class, YamlWriter.toYaml(vmi)).orThrow())
        .isEqualTo(vmi);
  }

  private static VirtualMachineInstance read(Path example) throws IOException {
    return YamlReader.read(VirtualMachineInstance.class, Files.readString(example)).orThrow();
  }
}
