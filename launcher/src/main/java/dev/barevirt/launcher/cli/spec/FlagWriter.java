package dev.barevirt.launcher.cli.spec;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes flags into a manifest; the flags are no more than a short way to write YAML. */
public final class FlagWriter {
  /** What {@code --memory} is when nobody says. */
  static final String DEFAULT_MEMORY = "512Mi";

  private static final String DOMAIN = "spec.domain.";
  private static final String DEVICES = DOMAIN + "devices.";
  private static final int MAX_CPUS = 4096;
  private static final Pattern SIZE =
      Pattern.compile("\\d{1,15}(\\.\\d{1,3})?([KMGTPE]i|[kMGTPE])?");

  private final SpecDocument document;
  private final MachineFlags flags;
  private final HostFiles files;

  private FlagWriter(SpecDocument document, MachineFlags flags, HostFiles files) {
    this.document = document;
    this.flags = flags;
    this.files = files;
  }

  /** Writes all flags into the manifest, {@code --set} last. */
  public static void write(MachineFlags flags, SpecDocument document, HostFiles files) {
    var writer = new FlagWriter(document, flags, files);
    writer.hardware();
    writer.kernel();
    var disks = new DiskFlags(document, files);
    if (flags.image != null) {
      disks.addImage(flags.image);
    }
    flags.disks.forEach(disks::addDisk);
    flags.shares.forEach(disks::addShare);
    if (flags.allowBacking) {
      document.annotate(HostNotes.BACKING, "true");
    }
    new CloudInitFlags(document, files).write(flags.cloudInit, flags.sshKey, flags.user);
    new NetworkFlags(document).write(flags.nets, flags.ports, flags.file == null);
    flags.sets.forEach(document::set);
  }

  private void hardware() {
    if (flags.name != null) {
      document.put("metadata.name", flags.name);
    }
    if (flags.cpus != null) {
      if (flags.cpus < 1 || flags.cpus > MAX_CPUS) {
        throw CliFailure.usage("--cpus must be between 1 and " + MAX_CPUS + ", not " + flags.cpus);
      }
      document.put(DOMAIN + "cpu.cores", flags.cpus);
    }
    if (flags.cpuModel != null) {
      document.put(DOMAIN + "cpu.model", flags.cpuModel);
    }
    if (flags.memory != null) {
      document.put(DOMAIN + "memory.guest", size("--memory", flags.memory));
    } else if (flags.file == null) {
      document.put(DOMAIN + "memory.guest", DEFAULT_MEMORY);
    }
    if (flags.machine != null) {
      document.put(DOMAIN + "machine.type", flags.machine);
    }
    if (flags.tpm) {
      document.putIfAbsent(DEVICES + "tpm", Map.of());
    }
    firmware();
    screen();
  }

  private void firmware() {
    if (flags.secureBoot) {
      document.put(DOMAIN + "firmware.bootloader", Map.of("efi", Map.of("secureBoot", true)));
      document.put(DOMAIN + "features.smm.enabled", true);
    } else if (flags.efi) {
      document.put(DOMAIN + "firmware.bootloader", Map.of("efi", Map.of("secureBoot", false)));
    }
  }

  private void screen() {
    if (flags.vnc) {
      document.put(DEVICES + "autoattachGraphicsDevice", true);
    } else if (flags.file == null) {
      document.put(DEVICES + "autoattachGraphicsDevice", false);
    }
    if (flags.file == null) {
      document.put(DEVICES + "rng", Map.of());
    }
  }

  private void kernel() {
    if (flags.kernel == null) {
      if (flags.initrd != null || flags.append != null) {
        throw CliFailure.usage(
            (flags.initrd != null ? "--initrd" : "--append") + " needs --kernel");
      }
      return;
    }
    String boot = DOMAIN + "firmware.kernelBoot.";
    document.put(boot + "container.image", HostNotes.FILE_IMAGE + "/");
    document.put(boot + "container.kernelPath", path(flags.kernel));
    if (flags.initrd != null) {
      document.put(boot + "container.initrdPath", path(flags.initrd));
    }
    if (flags.append != null) {
      document.put(boot + "kernelArgs", flags.append);
    } else if (document.get(boot + "kernelArgs").isEmpty()) {
      document.put(boot + "kernelArgs", "console=ttyS0");
    }
  }

  private String path(Path given) {
    return files.absolute(given.toString());
  }

  static String size(String flag, String text) {
    if (!SIZE.matcher(text).matches()) {
      throw CliFailure.usage(flag + " '" + Text.printable(text) + "' is not a size")
          .advising("write it like 512Mi, 10Gi or 1.5Gi");
    }
    return text;
  }

  /** The words a flag may say where only some are allowed. */
  static String oneOf(String flag, String word, List<String> words) {
    if (!words.contains(word)) {
      throw CliFailure.usage(
          flag + " '" + Text.printable(word) + "' is none of " + String.join(", ", words));
    }
    return word;
  }
}
