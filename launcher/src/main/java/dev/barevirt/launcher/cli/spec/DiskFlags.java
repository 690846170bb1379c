package dev.barevirt.launcher.cli.spec;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes IMAGE, {@code --disk}, {@code --share} and disks plugged in later into a manifest. */
final class DiskFlags {
  private static final String DISKS = "spec.domain.devices.disks";
  private static final String FILESYSTEMS = "spec.domain.devices.filesystems";
  private static final String VOLUMES = "spec.volumes";
  private static final List<String> OPTIONS =
      List.of("bus", "ro", "cdrom", "cache", "size", "serial", "boot", "name");
  private static final List<String> BUSES = List.of("virtio", "scsi", "sata", "usb");
  private static final List<String> PLUG_OPTIONS =
      List.of("bus", "ro", "cdrom", "cache", "serial", "name");
  private static final List<String> PLUG_BUSES = List.of("virtio", "scsi", "usb");
  private static final Pattern TAG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,34}[a-z0-9])?");

  private final SpecDocument document;
  private final HostFiles files;

  DiskFlags(SpecDocument document, HostFiles files) {
    this.document = document;
    this.files = files;
  }

  /** The image to boot: never written, whatever the guest does goes to an overlay. */
  void addImage(String image) {
    Map<String, Object> device = Map.of("disk", Map.of("bus", "virtio"), "name", "root");
    document.add(DISKS, device);
    document.add(
        VOLUMES, Map.of("name", "root", "containerDisk", Map.of("image", reference(image))));
  }

  void addDisk(String flag) {
    KeyValues disk =
        KeyValues.parse("--disk", flag.startsWith("size=") ? "empty," + flag : flag, OPTIONS);
    String name = disk.value("name").orElseGet(() -> freeName("disk"));
    boolean cdrom = isCdrom(disk);
    String bus = disk.oneOf("bus", BUSES).orElse(cdrom ? "sata" : "virtio");
    document.add(DISKS, device(disk, name, bus, cdrom));
    document.add(VOLUMES, volume(disk, name, cdrom));
  }

  /**
   * Adds a file or block device that can be taken out again while the guest runs: a claim that is
   * hot-pluggable, with a note on where it is on this host.
   *
   * @return its name
   */
  String plugDisk(String value) {
    KeyValues disk = KeyValues.parse("disk", value, PLUG_OPTIONS);
    if (!isPath(disk.first())) {
      String shown = Text.printable(disk.first());
      throw CliFailure.usage("'" + shown + "' is not the path of a file or block device")
          .advising("for a file write ./" + shown);
    }
    String name = disk.value("name").orElseGet(() -> freeName("disk"));
    String note = HostNotes.FILES + name;
    if (taken(name) || document.annotation(note).isPresent()) {
      throw CliFailure.of(
          ExitCode.CONFLICT, "there is already a volume '" + Text.printable(name) + "'");
    }
    boolean cdrom = isCdrom(disk);
    String bus = disk.oneOf("bus", PLUG_BUSES).orElse(cdrom ? "scsi" : "virtio");
    document.add(DISKS, device(disk, name, bus, cdrom));
    Map<String, Object> claim = Map.of("claimName", name, "hotpluggable", true);
    document.add(VOLUMES, Map.of("name", name, "persistentVolumeClaim", claim));
    document.annotate(note, files.absolute(disk.first()));
    return name;
  }

  private static boolean isCdrom(KeyValues disk) {
    return disk.has("cdrom") || disk.first().toLowerCase(Locale.ROOT).endsWith(".iso");
  }

  private static Map<String, Object> device(
      KeyValues disk, String name, String bus, boolean cdrom) {
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("bus", bus);
    if (!cdrom && disk.has("ro")) {
      target.put("readonly", true);
    }
    Map<String, Object> device = new LinkedHashMap<>();
    device.put("name", name);
    device.put(cdrom ? "cdrom" : "disk", target);
    disk.oneOf("cache", List.of("none", "writethrough", "writeback"))
        .ifPresent(cache -> device.put("cache", cache));
    disk.value("serial").ifPresent(serial -> device.put("serial", serial));
    disk.value("boot").ifPresent(order -> device.put("bootOrder", bootOrder(order)));
    return device;
  }

  private static int bootOrder(String text) {
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw CliFailure.usage("--disk boot='" + Text.printable(text) + "' is not a number from 1");
    }
    return Integer.parseInt(text);
  }

  private Map<String, Object> volume(KeyValues disk, String name, boolean cdrom) {
    Map<String, Object> volume = new LinkedHashMap<>();
    volume.put("name", name);
    Optional<String> size = disk.value("size").map(text -> FlagWriter.size("--disk size", text));
    if (disk.first().equals("empty")) {
      String capacity =
          size.orElseThrow(
              () -> CliFailure.usage("--disk empty needs a size, as in --disk size=10Gi"));
      volume.put("emptyDisk", Map.of("capacity", capacity));
    } else if (isPath(disk.first())) {
      Map<String, Object> hostDisk = new LinkedHashMap<>();
      hostDisk.put("path", files.absolute(disk.first()));
      hostDisk.put("type", size.isPresent() ? "DiskOrCreate" : "Disk");
      size.ifPresent(capacity -> hostDisk.put("capacity", capacity));
      if (cdrom || disk.has("ro")) {
        hostDisk.put("shared", true);
      }
      volume.put("hostDisk", hostDisk);
    } else {
      volume.put("containerDisk", Map.of("image", reference(disk.first())));
    }
    return volume;
  }

  void addShare(String flag) {
    boolean readOnly = flag.endsWith(":ro");
    String rest = readOnly ? flag.substring(0, flag.length() - 3) : flag;
    int colon = rest.lastIndexOf(':');
    if (colon <= 0) {
      throw CliFailure.usage(
          "--share '" + Text.printable(flag) + "' is not of the form DIR:TAG[:ro]");
    }
    String tag = rest.substring(colon + 1);
    if (!TAG.matcher(tag).matches()) {
      throw CliFailure.usage(
          "--share tag '"
              + Text.printable(tag)
              + "' is not 1 to 36 lower-case letters, digits and '-'");
    }
    Map<String, Object> path = new LinkedHashMap<>();
    path.put("path", files.absolute(rest.substring(0, colon)));
    path.put("readOnly", readOnly);
    document.add(FILESYSTEMS, Map.of("name", tag, "virtiofs", Map.of()));
    document.add(VOLUMES, Map.of("name", tag, "containerPath", path));
  }

  private String reference(String image) {
    return isPath(image) ? HostNotes.FILE_IMAGE + files.absolute(image) : image;
  }

  /** A path is what looks like one; everything else is an image of the store. */
  private static boolean isPath(String source) {
    String lower = source.toLowerCase(Locale.ROOT);
    return source.startsWith("/")
        || source.startsWith("./")
        || source.startsWith("../")
        || List.of(".qcow2", ".img", ".raw", ".iso").stream().anyMatch(lower::endsWith);
  }

  private String freeName(String prefix) {
    int number = 0;
    while (taken(prefix + number)
        || document.annotation(HostNotes.FILES + prefix + number).isPresent()) {
      number++;
    }
    return prefix + number;
  }

  private boolean taken(String name) {
    return document.named(VOLUMES, name).isPresent();
  }
}
