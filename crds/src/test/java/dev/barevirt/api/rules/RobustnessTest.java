package dev.barevirt.api.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the schema lets through, rules judge it and never fail on it. */
class RobustnessTest {
  private static final Path GOLDENS = Path.of("src", "test", "resources", "golden");
  private static final List<Object> NASTY =
      List.of(
          "",
          "0",
          "-1",
          "1n",
          "16Ei",
          "-16Ei",
          "a,b=c",
          "../../etc",
          "a\nb\u0000",
          "$1\\",
          "x[0]",
          "n".repeat(300),
          "%s%n",
          0L,
          -1L,
          1L,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          true,
          false,
          List.of(),
          Map.of());

  private final Random random = new Random(5);

  @Test
  void rulesNeverThrowAndSayEachThingInOneLine() throws IOException {
    Tree instance = golden("VirtualMachineInstance.yaml");
    Tree machine = golden("VirtualMachine.yaml");
    int judged = 0;
    for (int i = 0; i < 150; i++) {
      if (RecordReader.STRICT.read(VirtualMachineInstance.class, mutated(instance))
          instanceof Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance vmi)) {
        judge(vmi);
        judge(VmiDefaults.apply(vmi, ClusterSettings.DEFAULT, "uuid"));
        judged++;
      }
      if (RecordReader.STRICT.read(VirtualMachine.class, mutated(machine))
          instanceof Reading.Accepted<VirtualMachine>(VirtualMachine vm)) {
        VirtualMachine filled = VmDefaults.apply(vm, ClusterSettings.DEFAULT, "uuid", "serial");
        sane(VmRules.checkInCluster(filled, ClusterSettings.DEFAULT));
        judged++;
      }
    }
    assertThat(judged).isGreaterThan(10);
  }

  private static void judge(VirtualMachineInstance vmi) {
    sane(VmiRules.check(vmi));
    sane(VmiRules.checkStandalone(vmi, Set.of()));
    sane(VmiRules.checkInCluster(vmi, ClusterSettings.DEFAULT));
    assertThat(NoEffectFields.of(vmi)).isNotNull();
  }

  private static void sane(List<Violation> violations) {
    assertThat(violations)
        .allSatisfy(
            violation -> {
              assertThat(violation.sentence()).doesNotContain("\n", "\u0000");
              assertThat(violation.sentence().length()).isBetween(1, 1000);
            });
  }

  private static Tree golden(String name) throws IOException {
    return YamlReader.documents(Files.readString(GOLDENS.resolve(name))).orThrow().getFirst();
  }

  private Tree mutated(Tree tree) {
    return Tree.of(mutate(tree.plain()));
  }

  /** The same with some leaves exchanged, fields left out, lists doubled or emptied. */
  private @Nullable Object mutate(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach(
            (key, child) -> {
              if (random.nextInt(12) != 0) {
                copy.put(String.valueOf(key), mutate(child));
              }
            });
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        int times = random.nextInt(3);
        for (int i = 0; i < times; i++) {
          list.forEach(element -> copy.add(mutate(element)));
        }
        yield copy;
      }
      case String text -> random.nextInt(30) == 0 ? NASTY.get(random.nextInt(13)) : text;
      case Long number -> random.nextInt(30) == 0 ? random.nextInt(3) : number;
      case null -> null;
      default -> random.nextInt(200) == 0 ? NASTY.get(random.nextInt(NASTY.size())) : value;
    };
  }
}
