package dev.barevirt.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.api.core.IntOrString;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.domain.Domain;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.api.v1.source.Probe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
  private static final String SAMPLE =
      """
      {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachineInstance",
       "metadata": {"name": "one", "labels": {"b": "2", "a": "1"}},
       "spec": {
         "domain": {
           "cpu": {"cores": 2},
           "memory": {"guest": "128Mi"},
           "devices": {"disks": [{"name": "root", "disk": {"bus": "virtio"}, "bootOrder": 1}]}},
         "networks": [{"name": "default", "pod": {}}],
         "volumes": [{"name": "root", "emptyDisk": {"capacity": "1Gi"}}]}}
      """;

  @Test
  void readsAnInstance() {
    VirtualMachineInstance vmi = strict(VirtualMachineInstance.class, SAMPLE).orThrow();

    assertThat(vmi.metadata().name()).isEqualTo("one");
    assertThat(Objects.requireNonNull(vmi.spec().domain().memory()).guest())
        .isEqualTo(Quantity.parse("128Mi").orElseThrow());
    assertThat(vmi.spec().domain().devices().disks().getFirst().name()).isEqualTo("root");
    assertThat(vmi.spec().networks().getFirst().pod()).isEqualTo(Network.Pod.EMPTY);
    assertThat(vmi.spec().nodeSelector()).isEmpty();
  }

  @Test
  void writesTheSameAgainAndNothingThatIsAbsent() {
    VirtualMachineInstance vmi = strict(VirtualMachineInstance.class, SAMPLE).orThrow();

    String json = RecordWriter.toJson(vmi);

    assertThat(json)
        .isEqualTo(
            "{\"apiVersion\":\"kubevirt.io/v1\",\"kind\":\"VirtualMachineInstance\","
                + "\"metadata\":{\"name\":\"one\",\"labels\":{\"a\":\"1\",\"b\":\"2\"}},"
                + "\"spec\":{\"domain\":{\"cpu\":{\"cores\":2},\"memory\":{\"guest\":\"128Mi\"},"
                + "\"devices\":{\"disks\":[{\"name\":\"root\",\"disk\":{\"bus\":\"virtio\"},"
                + "\"bootOrder\":1}]}},"
                + "\"volumes\":[{\"name\":\"root\",\"emptyDisk\":{\"capacity\":\"1Gi\"}}],"
                + "\"networks\":[{\"name\":\"default\",\"pod\":{}}]}}");
    assertThat(strict(VirtualMachineInstance.class, json).orThrow()).isEqualTo(vmi);
  }

  @Test
  void namesTheFieldTheWriterProbablyMeant() {
    assertThat(
            problems(
                VirtualMachineInstance.class,
                """
                {"spec": {
                  "domain": {"cpu": {"coers": 2}}}}
                """))
        .containsExactly(
            new Violation(
                "spec.domain.cpu.coers",
                Violation.UNKNOWN_FIELD,
                "unknown field, did you mean \"cores\"? (line 2, column 31)"));
  }

  @Test
  void saysWhatWasExpectedAndWhatWasFound() {
    assertThat(
            problems(
                VirtualMachineInstance.class,
                """
                {"spec": {"domain": {"cpu": {"cores": "two", "sockets": -1, "threads": 1.5},
                 "memory": {"guest": "much"}, "devices": {"disks": {"name": "root"}},
                 "firmware": [], "features": {"acpi": {"enabled": "yes"}}},
                 "nodeSelector": {"a": 1}}}
                """))
        .extracting(violation -> violation.sentence().replaceAll(" \\(line.*", ""))
        .containsExactly(
            "spec.domain.cpu.cores: must be a whole number, not the text \"two\"",
            "spec.domain.cpu.sockets: must be between 0 and 9223372036854775807, not the number -1",
            "spec.domain.cpu.threads: must be a whole number, not the number 1.5",
            "spec.domain.memory.guest: must be a quantity such as 500m or 1Gi, not the text"
                + " \"much\"",
            "spec.domain.devices.disks: must be a list, not an object",
            "spec.domain.firmware: must be an object, not a list",
            "spec.domain.features.acpi.enabled: must be true or false, not the text \"yes\"",
            "spec.nodeSelector.a: must be a text in quotes, not the number 1");
  }

  @Test
  void nullIsAbsent() {
    VirtualMachineInstance vmi =
        strict(
                VirtualMachineInstance.class,
                "{\"metadata\":null,\"spec\":{\"domain\":null,\"volumes\":null,\"hostname\":null}}")
            .orThrow();

    assertThat(vmi).isEqualTo(VirtualMachineInstance.EMPTY);
    assertThat(vmi.spec().domain().devices().disks()).isEmpty();
  }

  @Test
  void refusesNullInAListOnlyWhenStrict() {
    String json = "{\"spec\":{\"volumes\":[null]}}";

    assertThat(problems(VirtualMachineInstance.class, json))
        .extracting(Violation::path)
        .containsExactly("spec.volumes[0]");
    assertThat(RecordReader.LENIENT.read(VirtualMachineInstance.class, json).orThrow())
        .isEqualTo(VirtualMachineInstance.EMPTY);
  }

  @Test
  void tellsTwiceWrittenFieldsAndTrailingText() {
    assertThat(problems(Domain.class, "{\"machine\":{\"type\":\"a\",\"type\":\"b\"}} {}"))
        .extracting(Violation::sentence)
        .containsExactly(
            "machine.type: is there twice (line 1, column 24)",
            "something follows the document (line 1, column 37)");
  }

  @Test
  void survivesDepthSizeAndNonsense() {
    assertThat(problems(Domain.class, "[".repeat(100_000))).hasSize(1);
    assertThat(problems(Domain.class, "{\"cpu\":".repeat(100_000))).hasSize(1);
    assertThat(problems(Domain.class, "")).hasSize(1);
    assertThat(problems(Domain.class, "null")).hasSize(1);
    assertThat(problems(Domain.class, "[]")).hasSize(1);
    assertThat(problems(Domain.class, "{\"cpu\":{\"cores\":1e999999999}}")).hasSize(1);
    assertThat(problems(Domain.class, "{\"cpu\":{\"cores\":" + "9".repeat(5000) + "}}")).hasSize(1);
    assertThat(RecordReader.STRICT.upTo(10).read(Domain.class, " ".repeat(11)).problems())
        .extracting(Violation::message)
        .containsExactly("the document has more than 10 bytes");
    assertThat(RecordReader.STRICT.read(Domain.class, new byte[] {(byte) 0xff, 0}).problems())
        .hasSize(1);
    byte[] brokenUtf8 = "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(RecordReader.STRICT.read(Domain.class, brokenUtf8).problems()).hasSize(1);
  }

  @Test
  void throwsOneTypedExceptionWhenAskedTo() {
    assertThatThrownBy(() -> strict(Domain.class, "{\"cpus\":1}").orThrow())
        .isInstanceOf(UnreadableException.class)
        .hasMessage("cpus: unknown field, did you mean \"cpu\"? (line 1, column 9)");
  }

  @Test
  void readsPortsByNumberAndByName() {
    assertThat(strict(Probe.TcpSocket.class, "{\"port\":80}").orThrow().port())
        .isEqualTo(IntOrString.of(80));
    assertThat(strict(Probe.TcpSocket.class, "{\"port\":\"web\"}").orThrow().port())
        .isEqualTo(IntOrString.of("web"));
  }

  @Test
  void aJavaKeywordCanBeAWireName() {
    Network network =
        strict(
                Network.class,
                "{\"name\":\"n\",\"multus\":{\"networkName\":\"x\",\"default\":true}}")
            .orThrow();

    assertThat(Objects.requireNonNull(network.multus()).defaultNetwork()).isTrue();
    assertThat(RecordWriter.toJson(network)).contains("\"default\":true");
  }

  /** A family told apart by a field. */
  @Discriminated("kind")
  public sealed interface Shown {
    /** Text. */
    record Text(String value) implements Shown {}

    /** Two numbers. */
    record TwoNumbers(int left, long right) implements Shown {}
  }

  /** Many shapes at once. */
  public record Everything(
      List<Shown> shown, @Nullable Colour colour, Map<String, Object> free, double share) {
    /** A word. */
    public enum Colour {
      RED,
      BLUE
    }
  }

  @Test
  void readsSealedFamiliesWordsAndFreeForm() {
    String json =
        "{\"shown\":[{\"kind\":\"text\",\"value\":\"a\"},"
            + "{\"kind\":\"two-numbers\",\"left\":1,\"right\":2}],"
            + "\"colour\":\"BLUE\",\"free\":{\"a\":[1,\"b\",{\"c\":true}]},\"share\":0.5}";

    Everything read = strict(Everything.class, json).orThrow();

    assertThat(read.shown()).containsExactly(new Shown.Text("a"), new Shown.TwoNumbers(1, 2));
    assertThat(read.colour()).isEqualTo(Everything.Colour.BLUE);
    assertThat(RecordWriter.toJson(read)).isEqualTo(json);
  }

  @Test
  void missesWhatARecordPromises() {
    assertThat(problems(Everything.class, "{\"shown\":[{\"kind\":\"text\"}],\"free\":{}}"))
        .extracting(Violation::sentence)
        .containsExactly("shown[0].value: must be there (line 1, column 11)");
    assertThat(problems(Everything.class, "{\"shown\":[{\"kind\":\"sound\"}],\"free\":{}}"))
        .extracting(Violation::path)
        .containsExactly("shown[0].kind");
  }

  @Test
  void toleratesTheWordsAndFieldsOfOtherVersionsWhenLenient() {
    String json = "{\"shown\":[],\"free\":{},\"colour\":\"GREEN\",\"newer\":1}";

    assertThat(problems(Everything.class, json))
        .extracting(Violation::reason)
        .containsExactly(Violation.NOT_SUPPORTED, Violation.UNKNOWN_FIELD);
    assertThat(RecordReader.LENIENT.read(Everything.class, json).orThrow().colour()).isNull();
  }

  private static <T extends Record> Reading<T> strict(Class<T> type, String json) {
    return RecordReader.STRICT.read(type, json);
  }

  private static <T extends Record> List<Violation> problems(Class<T> type, String json) {
    return strict(type, json).problems();
  }
}
