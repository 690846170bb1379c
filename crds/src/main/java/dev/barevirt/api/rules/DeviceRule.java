package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Devices;
import dev.barevirt.api.v1.device.Gpu;
import dev.barevirt.api.v1.device.Input;
import dev.barevirt.api.v1.device.Watchdog;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Devices other than disks and interfaces: models that exist, names that are there. */
final class DeviceRule implements VmiRule {
  private static final Set<String> WATCHDOG_ACTIONS = Set.of("poweroff", "reset", "shutdown");
  private static final Set<String> PANIC_MODELS = Set.of("hyperv", "isa", "pvpanic");
  private static final Set<String> SOUND_MODELS = Set.of("ich9", "ac97");
  private static final Map<String, Set<String>> VIDEO =
      Map.of(
          "amd64", Set.of("vga", "cirrus", "virtio", "ramfb", "bochs"),
          "arm64", Set.of("virtio", "ramfb"),
          "s390x", Set.of("virtio"));

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    Devices devices = spec.domain().devices();
    FieldPath path = at.field("domain").field("devices");
    inputs(devices.inputs(), path.field("inputs"), found);
    if (devices.watchdog() != null) {
      watchdog(devices.watchdog(), path.field("watchdog"), found);
    }
    if (devices.sound() != null) {
      FieldPath sound = path.field("sound");
      if (devices.sound().name().isEmpty()) {
        found.invalid(sound.field("name"), "Sound device requires a name field.");
      }
      if (!Words.isBlank(devices.sound().model())
          && !SOUND_MODELS.contains(devices.sound().model())) {
        found.notSupported(sound, "Sound device type is not supported. Options: 'ich9' or 'ac97'");
      }
    }
    video(spec, devices, path, found);
    for (int i = 0; i < devices.panicDevices().size(); i++) {
      String model = devices.panicDevices().get(i).model();
      FieldPath place = path.field("panicDevices").index(i).field("model");
      if (Words.isBlank(model)) {
        found.required(place, "a panic device must have a model");
      } else if (!PANIC_MODELS.contains(model)) {
        found.invalid(place, "panic device model is not supported: " + Words.shown(model));
      }
    }
    filesystems(devices, path.field("filesystems"), found);
    hostDevices(devices, path, found);
  }

  private static void inputs(List<Input> inputs, FieldPath path, Findings found) {
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      FieldPath place = path.index(i);
      if (!Words.isBlank(input.bus()) && !Set.of("usb", "virtio").contains(input.bus())) {
        found.invalid(place.field("bus"), "Input device can have only virtio or usb bus.");
      }
      if (!input.type().equals("tablet")) {
        found.invalid(place.field("type"), "Input device can have only tablet type.");
      }
    }
  }

  private static void watchdog(Watchdog watchdog, FieldPath path, Findings found) {
    if (watchdog.name().isEmpty()) {
      found.required(path.field("name"), "a watchdog must have a name");
    }
    if ((watchdog.i6300esb() == null) == (watchdog.diag288() == null)) {
      found.invalid(path, "a watchdog must have exactly one model");
    }
    if (watchdog.i6300esb() != null) {
      action(watchdog.i6300esb().action(), path.field("i6300esb").field("action"), found);
    }
    if (watchdog.diag288() != null) {
      action(watchdog.diag288().action(), path.field("diag288").field("action"), found);
    }
  }

  private static void action(@Nullable String action, FieldPath path, Findings found) {
    if (!Words.isBlank(action) && !WATCHDOG_ACTIONS.contains(action)) {
      found.notSupported(path, "a watchdog does poweroff, reset or shutdown");
    }
  }

  private static void video(
      VirtualMachineInstanceSpec spec, Devices devices, FieldPath path, Findings found) {
    if (devices.video() == null || Words.isBlank(devices.video().type())) {
      return;
    }
    String architecture = Words.orEmpty(spec.architecture());
    Set<String> known =
        VIDEO.getOrDefault(architecture.isEmpty() ? "amd64" : architecture, Set.of());
    FieldPath place = path.field("video").field("type");
    if (!known.contains(devices.video().type())) {
      found.invalid(
          place, "video model '" + Words.shown(devices.video().type()) + "' is not supported");
    }
    if (Boolean.FALSE.equals(devices.autoattachGraphicsDevice())) {
      found.invalid(
          path.field("video"), "a video type needs autoattachGraphicsDevice not to be false");
    }
  }

  private static void filesystems(Devices devices, FieldPath path, Findings found) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < devices.filesystems().size(); i++) {
      var filesystem = devices.filesystems().get(i);
      FieldPath place = path.index(i);
      if (filesystem.name().isEmpty()) {
        found.required(place.field("name"), "a filesystem must have a name");
      } else if (!names.add(filesystem.name())) {
        found.duplicate(place.field("name"), "another filesystem has the same name");
      }
      if (filesystem.virtiofs() == null) {
        found.required(place.field("virtiofs"), "a filesystem must say how it is shared");
      }
    }
  }

  private static void hostDevices(Devices devices, FieldPath path, Findings found) {
    Set<String> names = new HashSet<>();
    int displays = 0;
    for (int i = 0; i < devices.gpus().size(); i++) {
      Gpu gpu = devices.gpus().get(i);
      FieldPath place = path.field("gpus").index(i);
      named(gpu.name(), place, names, found);
      backed(gpu.deviceName(), gpu.claimName(), place, found);
      displays += hasFramebuffer(gpu) ? 1 : 0;
    }
    if (displays > 1) {
      found.invalid(path.field("gpus"), "only one GPU can show its picture with ramFB");
    }
    for (int i = 0; i < devices.hostDevices().size(); i++) {
      var device = devices.hostDevices().get(i);
      FieldPath place = path.field("hostDevices").index(i);
      named(device.name(), place, names, found);
      backed(device.deviceName(), device.claimName(), place, found);
    }
  }

  private static boolean hasFramebuffer(Gpu gpu) {
    var options = gpu.virtualGPUOptions();
    return options != null
        && options.display() != null
        && options.display().ramFB() != null
        && !Boolean.FALSE.equals(options.display().ramFB().enabled());
  }

  private static void named(String name, FieldPath place, Set<String> names, Findings found) {
    if (name.isEmpty()) {
      found.required(place.field("name"), "a device must have a name");
    } else if (!names.add(name)) {
      found.duplicate(place.field("name"), "another device has the same name");
    }
  }

  private static void backed(
      @Nullable String device, @Nullable String claim, FieldPath place, Findings found) {
    if (Words.isBlank(device) == Words.isBlank(claim)) {
      found.invalid(place, "exactly one of deviceName and claimName must be set");
    }
  }
}
