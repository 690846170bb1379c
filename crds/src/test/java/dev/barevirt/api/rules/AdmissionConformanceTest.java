package dev.barevirt.api.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.json.RequiredFields;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our verdict on each recorded manifest is the one a cluster gave. */
class AdmissionConformanceTest {
  private static final int CASES = 126;

  /** What came out: the specification with defaults, or the fields that are wrong. */
  private sealed interface Verdict {
    record Accepted(Map<String, String> leaves) implements Verdict {}

    record Refused(TreeSet<String> fields) implements Verdict {}
  }

  private static final Map<?, ?> RECORDED =
      map(RecordReader.STRICT.readTree(resource("admission.json")).orThrow().plain());

  static Stream<String> names() {
    return RECORDED.keySet().stream().map(Object::toString);
  }

  @Test
  void allCasesAreThere() {
    assertThat(names()).hasSize(CASES);
    assertThat(names()).containsAll(differences().keySet());
  }

  @ParameterizedTest
  @MethodSource("names")
  void agrees(String name) {
    Map<?, ?> recorded = map(RECORDED.get(name));
    Verdict theirs = recorded(map(recorded.get("verdict")));
    Verdict ours = judge(map(recorded.get("object")), theirs);

    if (differences().containsKey(name)) {
      assertThat(ours).as("listed as different, but is not").isNotEqualTo(theirs);
    } else {
      assertThat(ours).isEqualTo(theirs);
    }
  }

  private static Verdict recorded(Map<?, ?> verdict) {
    if (Boolean.TRUE.equals(verdict.get("accepted"))) {
      Map<String, String> leaves = new TreeMap<>();
      leaves("", verdict.get("spec"), leaves);
      return new Verdict.Accepted(leaves);
    }
    TreeSet<String> fields = new TreeSet<>();
    if (verdict.get("causes") instanceof List<?> causes) {
      causes.forEach(cause -> fields.add(String.valueOf(map(cause).get("field"))));
    }
    return new Verdict.Refused(fields.isEmpty() ? new TreeSet<>(List.of("null")) : fields);
  }

  private static Verdict judge(Map<?, ?> object, Verdict theirs) {
    boolean machine = "VirtualMachine".equals(object.get("kind"));
    Class<? extends Record> kind = machine ? VirtualMachine.class : VirtualMachineInstance.class;
    Tree tree = Tree.of(object);
    List<Violation> problems = new ArrayList<>(RequiredFields.missing(kind, tree));
    Map<String, String> leaves = new TreeMap<>();
    problems.addAll(machine ? judgeMachine(tree, leaves) : judgeInstance(tree, leaves));
    if (problems.isEmpty()) {
      return new Verdict.Accepted(leaves);
    }
    return new Verdict.Refused(
        problems.stream()
            .map(violation -> asRecorded(violation.path(), theirs))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** A schema refuses without naming a field; there any field of ours will do. */
  private static String asRecorded(String path, Verdict theirs) {
    boolean untold =
        theirs instanceof Verdict.Refused(TreeSet<String> fields)
            && fields.equals(new TreeSet<>(List.of("null")));
    if (!untold) {
      return path;
    }
    return "null";
  }

  private static List<Violation> judgeInstance(Tree tree, Map<String, String> leaves) {
    return switch (RecordReader.STRICT.read(VirtualMachineInstance.class, tree)) {
      case Reading.Refused<VirtualMachineInstance>(List<Violation> violations) -> violations;
      case Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance vmi) -> {
        VirtualMachineInstance filled = VmiDefaults.apply(vmi, ClusterSettings.DEFAULT, "made-up");
        assertThat(VmiDefaults.apply(filled, ClusterSettings.DEFAULT, "other")).isEqualTo(filled);
        leaves("", RecordWriter.plain(filled.spec()), leaves);
        yield VmiRules.checkInCluster(filled, ClusterSettings.DEFAULT);
      }
    };
  }

  private static List<Violation> judgeMachine(Tree tree, Map<String, String> leaves) {
    return switch (RecordReader.STRICT.read(VirtualMachine.class, tree)) {
      case Reading.Refused<VirtualMachine>(List<Violation> violations) -> violations;
      case Reading.Accepted<VirtualMachine>(VirtualMachine vm) -> {
        VirtualMachine filled = VmDefaults.apply(vm, ClusterSettings.DEFAULT, "made-up", "made-up");
        leaves("", RecordWriter.plain(filled.spec()), leaves);
        yield VmRules.checkInCluster(filled, ClusterSettings.DEFAULT);
      }
    };
  }

  /** The leaves of a document by path; generated values count as there, whatever they are. */
  private static void leaves(String path, @Nullable Object value, Map<String, String> into) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach((key, child) -> leaves(path + "." + key, child, into));
      case List<?> list when !list.isEmpty() -> {
        for (int i = 0; i < list.size(); i++) {
          leaves(path + "[" + i + "]", list.get(i), into);
        }
      }
      case Map<?, ?> _ -> isSaid(path, into);
      case List<?> _ -> {}
      case null -> {}
      default -> into.put(path, isGenerated(path) ? "generated" : value.toString());
    }
  }

  /** An empty object says something unless it is one of the few that are always written. */
  private static void isSaid(String path, Map<String, String> into) {
    if (!path.endsWith(".domain.devices") && !path.endsWith(".domain.resources")) {
      into.put(path, "{}");
    }
  }

  private static boolean isGenerated(String path) {
    return path.endsWith(".firmware.uuid") || path.endsWith(".firmware.serial");
  }

  private static Map<String, String> differences() {
    Map<String, String> reasons = new LinkedHashMap<>();
    resource("differences.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              String[] parts = line.split(": ", 2);
              reasons.put(parts[0], parts[1]);
            });
    return reasons;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static String resource(String name) {
    try (var stream = AdmissionConformanceTest.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
