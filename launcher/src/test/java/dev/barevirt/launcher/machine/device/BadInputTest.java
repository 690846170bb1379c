package dev.barevirt.launcher.machine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.launcher.machine.CommandLineRenderer;
import dev.barevirt.launcher.machine.FdTable;
import dev.barevirt.launcher.machine.Inputs;
import dev.barevirt.launcher.machine.MachineBuilder;
import dev.barevirt.launcher.machine.MachineOutcome;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.machine.SpecFields;
import dev.barevirt.launcher.machine.Vmis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever stands in a field, the answer is a machine or the field's name, never an exception. */
class BadInputTest {
  private static final List<String> VALUES =
      List.of(
          "\"a,b=c\"",
          "\"x\\ny\"",
          "\"\\u0000\"",
          "\"'; echo \\\"$(id)\"",
          "\"" + "n".repeat(300) + "\"",
          "\"\\ud83d\\ude00\"",
          "-1",
          "9223372036854775807",
          "\"8Ei\"",
          "true",
          "{}");

  @Test
  void everyFieldSurvivesEveryValue() {
    int read = 0;
    for (String path : SpecFields.leaves(VirtualMachineInstanceSpec.class)) {
      for (String value : VALUES) {
        read += survives(path, value) ? 1 : 0;
      }
    }

    assertThat(read).isGreaterThan(800);
  }

  private static boolean survives(String path, String value) {
    String json = "{\"spec\":" + nested(List.of(path.split("\\.")), value) + "}";
    return switch (RecordReader.STRICT.read(VirtualMachineInstance.class, json)) {
      case Reading.Refused<VirtualMachineInstance> _ -> false;
      case Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance vmi) -> {
        try {
          build(vmi);
        } catch (RuntimeException e) {
          fail(path + " = " + value, e);
        }
        yield true;
      }
    };
  }

  private static String nested(List<String> path, String value) {
    if (path.isEmpty()) {
      return value;
    }
    String name = path.getFirst();
    String inside = nested(path.subList(1, path.size()), value);
    return name.endsWith("[]")
        ? "{\"%s\":[%s]}".formatted(name.substring(0, name.length() - 2), inside)
        : "{\"%s\":%s}".formatted(name, inside);
  }

  private static void build(VirtualMachineInstance vmi) {
    var in = Inputs.of(withMemory(vmi));
    if (new MachineBuilder(DeviceMappers.ALL).build(in)
        instanceof MachineOutcome.Built(MachinePlan plan)) {
      CommandLineRenderer.spawned(plan, plan.fds(FdTable.FIRST));
    }
  }

  /** The same with memory when it has none, so that more than its absence is found. */
  private static VirtualMachineInstance withMemory(VirtualMachineInstance vmi) {
    var spec = vmi.spec();
    return spec.domain().memory() == null
        ? vmi.withSpec(
            spec.withDomain(spec.domain().withMemory(Vmis.domain("").spec().domain().memory())))
        : vmi;
  }

  @Test
  void contradictionsAreRefused() {
    var vmi =
        Vmis.domain(
            """
            cpu:
              features:
              - {name: vmx, policy: disable}
            features: {hyperv: {evmcs: {}}}
            """);

    assertThat(new MachineBuilder(DeviceMappers.ALL).build(Inputs.of(vmi)))
        .isInstanceOfSatisfying(
            MachineOutcome.Refused.class,
            refused ->
                assertThat(refused.violations())
                    .singleElement()
                    .satisfies(
                        v ->
                            assertThat(v.message())
                                .isEqualTo("-cpu vmx is asked to be off and on")));
  }
}
