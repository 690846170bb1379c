package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.domain.KernelBoot;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.HostResource.ReadableFile;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOption.FileOption;
import dev.barevirt.launcher.machine.MachineOption.Plain;
import dev.barevirt.launcher.machine.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A kernel started directly, without a boot loader. */
final class KernelBootMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.firmware.kernelBoot";

  @Override
  public Set<String> reads() {
    return FieldPaths.under(
        "domain.firmware.kernelBoot",
        "kernelArgs",
        "container.image",
        "container.imagePullSecret",
        "container.imagePullPolicy",
        "container.kernelPath",
        "container.initrdPath");
  }

  @Override
  public Fragment map(MachineInput in) {
    KernelBoot boot = in.domain().firmware() == null ? null : in.domain().firmware().kernelBoot();
    if (in.kernel() == null) {
      return boot == null
          ? Fragment.empty()
          : Fragment.of(Refusal.invalid(PATH, "no kernel was found for this guest"));
    }
    List<FragmentPart> parts = new ArrayList<>();
    parts.add(new FileOption("-kernel", "", new ReadableFile("kernel", in.kernel().kernelPath())));
    if (in.kernel().initrdPath() != null) {
      parts.add(
          new FileOption("-initrd", "", new ReadableFile("initrd", in.kernel().initrdPath())));
    }
    if (boot != null && boot.kernelArgs() != null && !boot.kernelArgs().isEmpty()) {
      parts.add(
          GuestText.check(boot.kernelArgs(), PATH + ".kernelArgs")
              .<FragmentPart>map(refusal -> refusal)
              .orElseGet(() -> new Plain("-append", boot.kernelArgs())));
    }
    return Fragment.of(parts);
  }
}
