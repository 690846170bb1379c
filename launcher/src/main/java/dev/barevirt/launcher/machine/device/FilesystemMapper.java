package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Filesystem;
import dev.barevirt.launcher.machine.Backend;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HostFacts.SidecarProgram;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import dev.barevirt.launcher.machine.Sidecar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Maps shared directories: a virtiofsd each, which looks into the guest's memory, and the device
 * over it. They stay for as long as the guest runs: unplugging one hangs guests.
 */
final class FilesystemMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.devices.filesystems";

  /** QEMU's limit for the tag by which the guest mounts the directory. */
  private static final int LONGEST_TAG = 36;

  @Override
  public Set<String> reads() {
    return FieldPaths.under("domain.devices.filesystems[]", "name", "virtiofs");
  }

  @Override
  public Fragment map(MachineInput in) {
    Fragment all = Fragment.empty();
    List<Filesystem> filesystems = in.devices().filesystems();
    for (int i = 0; i < filesystems.size(); i++) {
      all = all.plus(one(in, filesystems.get(i), PATH + "[" + i + "]"));
    }
    return all;
  }

  private static Fragment one(MachineInput in, Filesystem filesystem, String path) {
    String name = Texts.orEmpty(filesystem.name());
    if (filesystem.virtiofs() == null) {
      return Fragment.of(Refusal.invalid(path, "a directory is shared by virtiofs"));
    }
    if (name.isEmpty() || name.length() > LONGEST_TAG) {
      return Fragment.of(
          Refusal.invalid(path + ".name", "a tag has 1 to %d characters".formatted(LONGEST_TAG)));
    }
    if (!(in.volume(name).orElse(null) instanceof PreparedVolume.Directory directory)) {
      return Fragment.of(
          Refusal.invalid(path + ".name", "there is no directory of that name among the volumes"));
    }
    Optional<SidecarProgram> virtiofsd =
        in.host().sidecar(HostFacts.Sidecar.VIRTIOFSD).filter(v -> v.can("shared-dir"));
    if (virtiofsd.isEmpty()) {
      return Fragment.of(
          Refusal.unsupported(path + ".virtiofs", "this host has no virtiofsd in Rust"));
    }
    return shared(in, name, directory, virtiofsd.get(), path);
  }

  private static Fragment shared(
      MachineInput in,
      String name,
      PreparedVolume.Directory directory,
      SidecarProgram virtiofsd,
      String path) {
    String id = DeviceIds.filesystem(name);
    String chardev = "chr-" + id;
    String socket = in.paths().sidecar(id);
    var args = new ArrayList<>(List.of("--socket-path", socket, "--shared-dir", directory.path()));
    if (isReadOnly(in, name)) {
      if (!virtiofsd.can("readonly")) {
        return Fragment.of(
            Refusal.unsupported(path, "this host's virtiofsd cannot share a directory read-only"));
      }
      args.add("--readonly");
    }
    String driver = in.kind() == MachineKind.MICROVM ? "vhost-user-fs-device" : "vhost-user-fs-pci";
    return Fragment.of(
        new Sidecar(id, virtiofsd.path(), args, socket, List.of()),
        new Backend.Chardev("socket", chardev, Properties.of("path", socket)),
        Frontend.pci(driver, id, Properties.of("chardev", chardev).with("tag", name)));
  }

  /** Projected files belong to the cluster; a path of the container says whether it is. */
  private static boolean isReadOnly(MachineInput in, String name) {
    return in.vmi().spec().volumes().stream()
        .filter(volume -> name.equals(volume.name()))
        .anyMatch(
            volume ->
                (volume.containerPath() != null
                        && Switch.on(volume.containerPath().readOnly(), false))
                    || (volume.persistentVolumeClaim() != null
                        && Switch.on(volume.persistentVolumeClaim().readOnly(), false)));
  }
}
