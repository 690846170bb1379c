package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.domain.Cpu;
import dev.barevirt.api.v1.domain.CpuFeature;
import dev.barevirt.launcher.machine.CpuLayout;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.HostFacts.CpuModel;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Number, model and features of the guest's processors. Without KVM there is no host CPU to show:
 * {@code host-model} is then all that emulation offers, and {@code host-passthrough} is refused.
 */
final class CpuMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.cpu";
  private static final String HOST_MODEL = "host-model";
  private static final String HOST_PASSTHROUGH = "host-passthrough";
  private static final Pattern FEATURE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}");
  private static final int LISTED = 8;

  @Override
  public Set<String> reads() {
    return FieldPaths.under(
        "domain.cpu",
        "cores",
        "sockets",
        "threads",
        "maxSockets",
        "model",
        "features[].name",
        "features[].policy");
  }

  @Override
  public Fragment map(MachineInput in) {
    Cpu cpu = in.domain().cpu() == null ? Cpu.EMPTY : in.domain().cpu();
    List<FragmentPart> parts = new ArrayList<>(topology(in));
    parts.add(model(in, cpu.model() == null || cpu.model().isEmpty() ? HOST_MODEL : cpu.model()));
    for (int i = 0; i < cpu.features().size(); i++) {
      parts.add(feature(cpu.features().get(i), PATH + ".features[" + i + "]"));
    }
    return Fragment.of(parts);
  }

  private static List<FragmentPart> topology(MachineInput in) {
    CpuLayout layout = CpuLayout.of(in.domain());
    long most =
        in.host().machine(in.machineType()).map(m -> (long) m.maxCpus()).orElse(Long.MAX_VALUE);
    if (layout.maxVcpus() > most) {
      return List.of(
          Refusal.unsupported(
              PATH,
              "%d CPUs asked for, machine type %s has at most %d"
                  .formatted(layout.maxVcpus(), in.machineType(), most)));
    }
    if (in.kind() == MachineKind.MICROVM && layout.maxVcpus() > layout.vcpus()) {
      return List.of(
          Refusal.unsupported(PATH + ".maxSockets", "a microvm cannot be given CPUs later"));
    }
    return List.of(
        smp("cpus", layout.vcpus()),
        smp("maxcpus", layout.maxVcpus()),
        smp("sockets", layout.maxSockets()),
        smp("cores", layout.cores()),
        smp("threads", layout.threads()));
  }

  private static Setting smp(String key, long value) {
    return new Setting(Flag.SMP, key, Long.toString(value));
  }

  private static FragmentPart model(MachineInput in, String model) {
    if (model.equals(HOST_MODEL)) {
      return Setting.head(Flag.CPU, in.host().kvm() ? "host" : "max");
    }
    if (model.equals(HOST_PASSTHROUGH)) {
      return in.host().kvm()
          ? Setting.head(Flag.CPU, "host")
          : Refusal.unsupported(
              PATH + ".model",
              "host-passthrough needs KVM, which this host cannot do; use host-model or a named"
                  + " model");
    }
    Optional<CpuModel> known = in.host().cpuModel(model);
    if (known.isEmpty()) {
      return Refusal.unsupported(
          PATH + ".model",
          "CPU model %s is not known to QEMU %s".formatted(model, in.host().version()));
    }
    List<String> missing = known.get().unavailableFeatures();
    if (in.host().kvm() && !missing.isEmpty()) {
      return Refusal.unsupported(
          PATH + ".model",
          "this host's CPU lacks what model %s has: %s"
              .formatted(model, String.join(", ", missing.stream().limit(LISTED).toList())));
    }
    return Setting.head(
        Flag.CPU, known.get().aliasOf().isEmpty() ? known.get().name() : known.get().aliasOf());
  }

  private static FragmentPart feature(CpuFeature feature, String path) {
    if (!FEATURE.matcher(feature.name()).matches()) {
      return Refusal.invalid(path + ".name", "not the name of a CPU feature");
    }
    String policy = feature.policy() == null ? "require" : feature.policy();
    return switch (policy) {
      case "force", "require", "optional" -> Setting.of(Flag.CPU, feature.name(), true);
      case "disable", "forbid" -> Setting.of(Flag.CPU, feature.name(), false);
      default ->
          Refusal.invalid(
              path + ".policy", "a policy is force, require, optional, disable or forbid");
    };
  }
}
