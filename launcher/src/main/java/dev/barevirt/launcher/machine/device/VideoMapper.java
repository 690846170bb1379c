package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.MachineOption.Repeated;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import dev.barevirt.launcher.machine.Slot;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The display and its VNC server on a unix socket. BIOS guests get a VGA card; UEFI guests one
 * without the legacy part.
 */
final class VideoMapper implements DeviceMapper {
  private static final String DEVICES = "spec.domain.devices.";
  private static final String ID = "video0";
  private static final int MEMORY_MIB = 16;
  private static final String VGA_WITH_EFI = "kubevirt.io/vga-display-efi-x86";

  @Override
  public Set<String> reads() {
    return FieldPaths.under("domain.devices", "autoattachGraphicsDevice", "video.type");
  }

  @Override
  public Fragment map(MachineInput in) {
    Boolean wanted = in.devices().autoattachGraphicsDevice();
    String type = in.devices().video() == null ? null : in.devices().video().type();
    if (in.kind() == MachineKind.MICROVM) {
      return onMicrovm(wanted, type);
    }
    if (!Switch.on(wanted, true) && !in.options().vnc()) {
      return type == null
          ? Fragment.empty()
          : Fragment.of(
              Refusal.invalid(
                  DEVICES + "video", "a guest without autoattachGraphicsDevice has no video"));
    }
    String model = type == null || type.isEmpty() ? defaultType(in) : type;
    return card(model)
        .plus(Fragment.of(new Repeated("-vnc", Properties.of("vnc", "unix:" + in.paths().vnc()))));
  }

  private static Fragment onMicrovm(@Nullable Boolean wanted, @Nullable String type) {
    boolean asked = Boolean.TRUE.equals(wanted) || type != null;
    return asked
        ? Fragment.of(
            Refusal.unsupported(
                DEVICES + (type == null ? "autoattachGraphicsDevice" : "video"),
                "a microvm has no display"))
        : Fragment.empty();
  }

  private static String defaultType(MachineInput in) {
    Firmware firmware = in.domain().firmware();
    boolean efi =
        firmware != null && firmware.bootloader() != null && firmware.bootloader().efi() != null;
    boolean vga = "true".equals(in.vmi().metadata().annotations().get(VGA_WITH_EFI));
    return efi && !vga ? "bochs" : "vga";
  }

  private static Fragment card(String model) {
    return switch (model) {
      case "vga" -> onBus("VGA", Properties.none().with("vgamem_mb", MEMORY_MIB));
      case "cirrus" -> onBus("cirrus-vga", Properties.none().with("vgamem_mb", MEMORY_MIB));
      case "bochs" ->
          onBus("bochs-display", Properties.none().with("vgamem", (long) MEMORY_MIB << 20));
      case "virtio" -> onBus("virtio-vga", Properties.none().with("max_outputs", 1));
      case "ramfb" -> Fragment.of(Frontend.loose("ramfb", ID, Properties.none()));
      default ->
          Fragment.of(
              Refusal.unsupported(
                  DEVICES + "video.type",
                  "a display is vga, cirrus, bochs, virtio or ramfb, not " + model));
    };
  }

  private static Fragment onBus(String driver, Properties properties) {
    return Fragment.of(new Frontend(driver, ID, new Slot.RootBus(true), properties));
  }
}
