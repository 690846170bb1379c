package dev.barevirt.api.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.domain.Cpu;
import dev.barevirt.api.v1.source.CloudInit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

  @Test
  void readsAnInstanceAndWritesItAgain() {
    String yaml =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata:
          name: one
          labels:
            octal: "010"
            switch: "on"
        spec:
          domain:
            memory:
              guest: 128Mi
            devices: {}
          volumes:
          - name: seed
            cloudInitNoCloud:
              userData: |
                #cloud-config
                password: x
        """;

    VirtualMachineInstance vmi = YamlReader.read(VirtualMachineInstance.class, yaml).orThrow();

    assertThat(vmi.metadata().labels()).containsEntry("switch", "on").containsEntry("octal", "010");
    assertThat(YamlWriter.toYaml(vmi)).isEqualTo(yaml);
  }

  @Test
  void saysWhereAFieldIsWrong() {
    assertThat(
            problems(
                """
                spec:
                  domain:
                    cpu:
                      coers: 1
                    memory: 128Mi
                """))
        .extracting(Violation::sentence)
        .containsExactly(
            "spec.domain.cpu.coers: unknown field, did you mean \"cores\"? (line 4, column 14)",
            "spec.domain.memory: must be an object, not the text \"128Mi\" (line 5, column 13)");
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4",
    "010, 8",
    "0o10, 8",
    "0x10, 16",
    "0b11, 3",
    "1_000, 1000",
    "09, 9",
    "+5, 5",
    "1e3, 1000",
    "4.0, 4",
    "'9223372036854775807', 9223372036854775807",
  })
  void numbersAreThoseOfKubernetes(String written, long cores) {
    assertThat(YamlReader.read(Cpu.class, "cores: " + written).orThrow().cores()).isEqualTo(cores);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999999999999999999",
        "1:30",
        "1.5",
        "on",
        "-1",
        ".inf",
        "1e99999",
        "0x",
        "'4'",
        "2026-11-25"
      })
  void otherThingsAreNoNumberOfCores(String written) {
    assertThat(YamlReader.read(Cpu.class, "cores: " + written).problems())
        .extracting(Violation::path)
        .containsExactly("cores");
  }

  @ParameterizedTest
  @CsvSource({"on, true", "off, false", "yes, true", "n, false", "True, true"})
  void switchesAreThoseOfYaml11(String written, boolean on) {
    assertThat(
            YamlReader.read(Cpu.class, "dedicatedCpuPlacement: " + written)
                .orThrow()
                .dedicatedCpuPlacement())
        .isEqualTo(on);
  }

  @Test
  void aTextThatLooksLikeASwitchNeedsQuotes() {
    assertThat(problems("spec: {hostname: no}"))
        .extracting(Violation::sentence)
        .containsExactly("spec.hostname: must be a text in quotes, not false (line 1, column 18)");
    assertThat(
            YamlReader.read(VirtualMachineInstance.class, "spec: {hostname: !!str no}")
                .orThrow()
                .spec()
                .hostname())
        .isEqualTo("no");
  }

  @Test
  void refusesKeysWrittenTwice() {
    assertThat(problems("spec:\n  hostname: a\n  hostname: b\n"))
        .extracting(Violation::sentence)
        .containsExactly("spec.hostname: is there twice (line 3, column 3)");
  }

  @Test
  void readsSeveralDocumentsAndSkipsEmptyOnes() {
    assertThat(YamlReader.documents("---\na: 1\n---\n---\n# nothing\n---\nb: 2\n").orThrow())
        .hasSize(2);
    assertThat(problems("a: 1\n---\nb: 2\n"))
        .extracting(Violation::message)
        .containsExactly("there are 2 documents, one is expected");
    assertThat(problems("# nothing\n"))
        .extracting(Violation::message)
        .containsExactly("the document is empty");
  }

  @Test
  void mergesAndMentionsAgain() {
    Tree tree =
        YamlReader.documents("a: &x {k: 1, l: 2}\nb: {<<: *x, k: 3}\nc: *x\n").orThrow().getFirst();

    assertThat(Objects.requireNonNull(tree.plain()))
        .isEqualTo(
            Map.of(
                "a",
                Map.of("k", 1L, "l", 2L),
                "b",
                Map.of("k", 3L, "l", 2L),
                "c",
                Map.of("k", 1L, "l", 2L)));
  }

  @Test
  void survivesBombsDepthAndNonsense() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String mentions = String.join(",", Collections.nCopies(10, "*a" + (i - 1)));
      laughs.append("a%d: &a%d [%s]\n".formatted(i, i, mentions));
    }
    assertThat(problems(laughs.toString()))
        .singleElement()
        .extracting(Violation::message)
        .asString()
        .startsWith("more than 200000 values");
    assertThat(problems("[".repeat(50_000))).hasSize(1);
    assertThat(problems("a: ".repeat(1000))).hasSize(1);
    assertThat(problems("- ".repeat(5000))).hasSize(1);
    assertThat(problems("a: &a [*a]")).hasSize(1);
    assertThat(problems("a: *nowhere")).hasSize(1);
    assertThat(problems("? [a]\n: b")).hasSize(1);
    assertThat(problems("a: !!java.lang.Runtime x")).isNotEmpty();
    assertThat(problems("a: !local x")).isNotEmpty();
    assertThat(problems("a: \"\\ud800\"")).hasSize(1);
    assertThat(problems("\u0000")).hasSize(1);
    assertThat(problems("%YAML 9.9\n---\na: 1")).hasSize(1);
    assertThat(problems("\t- a")).hasSize(1);
    assertThat(problems("x".repeat(5 << 20))).hasSize(1);
  }

  @Test
  void neverThrowsOnMutatedText() {
    String yaml =
        "spec: &a\n  domain: {cpu: {cores: 2}, x: [1, \"b\"]}\n  t: |\n    text\n  m: *a\n";
    Random random = new Random(7);
    String alphabet = "{}[]:,&*!|>'\"%@`#-? \n\tab01\u0000\ud800\u2028";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder mutated = new StringBuilder(yaml);
      for (int j = 0; j <= random.nextInt(4); j++) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        int at = random.nextInt(mutated.length());
        switch (random.nextInt(3)) {
          case 0 -> mutated.setCharAt(at, c);
          case 1 -> mutated.insert(at, c);
          default -> mutated.deleteCharAt(at);
        }
      }
      Reading<?> reading = YamlReader.read(VirtualMachineInstance.class, mutated.toString());
      assertThat(reading).isNotNull();
    }
  }

  @Test
  void anyTextSurvivesWritingAndReading() {
    Random random = new Random(11);
    String alphabet = "on:-#'\"{}[]&*!|>%@` \n\t\\0178e.+~<=yNáü€\u0085\u2028\ud83d\ude00\u0007";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(12), 0, alphabet.length())
          .mapToObj(alphabet::charAt)
          .forEach(text::append);
      String written = text.toString();
      if (written.codePoints().anyMatch(c -> c >= 0xd800 && c < 0xe000)) {
        continue;
      }
      CloudInit cloudInit = new CloudInit(null, null, written, null, null, null);
      String yaml = YamlWriter.toYaml(cloudInit);
      assertThat(YamlReader.read(CloudInit.class, yaml).orThrow()).as(yaml).isEqualTo(cloudInit);
    }
  }

  @Test
  void quotesWhatOtherReadersTakeForNumbersAndDates() {
    assertThat(
            YamlWriter.toYaml(
                Map.of("list", List.of("02:00:00:00:00:01", "2026-11-22T14:15:58Z", "a:b", "1k"))))
        .isEqualTo("list:\n- \"02:00:00:00:00:01\"\n- \"2026-11-22T14:15:58Z\"\n- a:b\n- 1k\n");
  }

  @Test
  void writesPlainValues() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("b", List.of(1L, true, "x"));
    plain.put("a", null);
    assertThat(YamlWriter.toYaml(plain)).isEqualTo("b:\n- 1\n- true\n- x\na: null\n");
  }

  private static List<Violation> problems(String yaml) {
    return YamlReader.read(VirtualMachineInstance.class, yaml).problems();
  }
}
