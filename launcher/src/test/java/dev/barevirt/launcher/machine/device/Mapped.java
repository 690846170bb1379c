package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.machine.Backend;
import dev.barevirt.launcher.machine.CommandLineRenderer;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Dialect;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.Inputs;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOption;
import java.util.ArrayList;
import java.util.List;

/** What one mapper makes of an input, in words that tests compare. */
final class Mapped {
  private Mapped() {}

  /** What it makes of an instance on Debian 12's QEMU without KVM. */
  static List<String> by(DeviceMapper mapper, VirtualMachineInstance vmi) {
    return by(mapper, Inputs.of(vmi));
  }

  /** What it makes of an instance on a host. */
  static List<String> by(DeviceMapper mapper, VirtualMachineInstance vmi, HostFacts host) {
    return by(mapper, Inputs.of(vmi, host));
  }

  /** Options, backends, devices, sidecars, copies and refusals, one a line. */
  static List<String> by(DeviceMapper mapper, MachineInput in) {
    Fragment fragment = mapper.map(in);
    List<String> lines = new ArrayList<>();
    fragment.options().forEach(option -> lines.add(option(option)));
    for (Backend backend : fragment.backends()) {
      lines.add(String.join(" ", CommandLineRenderer.backend(backend, new Dialect.Pasted())));
    }
    for (Frontend frontend : fragment.frontends()) {
      lines.add(
          "%s %s %s %s"
              .formatted(
                  frontend.driver(),
                  frontend.id(),
                  frontend.slot().getClass().getSimpleName(),
                  frontend.properties().resolve(new Dialect.Pasted())));
    }
    fragment.sidecars().forEach(s -> lines.add(s.program() + " " + String.join(" ", s.args())));
    fragment.copies().forEach(c -> lines.add("copy " + c.from() + " " + c.to() + " " + c.keep()));
    fragment.violations().forEach(v -> lines.add("refused " + v.path() + ": " + v.message()));
    return List.copyOf(lines);
  }

  private static String option(MachineOption option) {
    return switch (option) {
      case MachineOption.Setting s -> s.flag().text() + " " + s.key() + "=" + s.value();
      case MachineOption.Plain p -> p.flag() + " " + p.value();
      case MachineOption.Repeated r ->
          r.flag() + " " + r.properties().resolve(new Dialect.Pasted());
      case MachineOption.FileOption f -> f.flag() + " " + f.key() + " " + f.file().path();
    };
  }
}
