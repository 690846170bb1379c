package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.cgroup.CgroupLimits;
import dev.barevirt.launcher.cgroup.Cgroups;
import dev.barevirt.launcher.cgroup.MachineCgroup;
import dev.barevirt.launcher.cgroup.Placement;
import dev.barevirt.launcher.store.MachineDirectory;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control group of one QEMU, where it may have one: it tells whether memory ran out.
 *
 * @param own the group; empty where QEMU runs in the launcher's
 */
record QemuGroup(Optional<MachineCgroup> own) {
  private static final Logger LOG = LoggerFactory.getLogger(QemuGroup.class);

  /** A new group for a machine that is about to start. */
  static QemuGroup place(MachineDirectory machine, Undo undo) {
    return switch (Cgroups.ofThisHost().place(name(machine))) {
      case Placement.Own(MachineCgroup group) -> {
        undo.push(
            "remove " + group,
            () -> {
              if (!group.remove()) {
                LOG.info("{} is not empty and stays", group);
              }
            });
        yield new QemuGroup(Optional.of(group));
      }
      case Placement.Shared(String reason) -> {
        LOG.info("QEMU shares the launcher's control group: {}", reason);
        yield new QemuGroup(Optional.empty());
      }
    };
  }

  /** The group of a QEMU that an earlier launcher started. */
  static QemuGroup of(MachineDirectory machine, long qemu, Undo undo) {
    Optional<MachineCgroup> found = Cgroups.ofThisHost().find(name(machine), qemu);
    found.ifPresent(group -> undo.push("remove " + group, group::remove));
    return new QemuGroup(found);
  }

  /** Moves QEMU in while it is still paused. */
  void add(long qemu) {
    own.ifPresent(
        group -> {
          try {
            group.add(qemu);
          } catch (UncheckedIOException refused) {
            LOG.warn("QEMU stays in the launcher's control group", refused);
          }
        });
  }

  /** Limits its memory; a host that cannot is told of, and the guest runs without. */
  void limitMemory(long bytes) {
    CgroupLimits limits = new CgroupLimits(bytes, null, null);
    boolean limited = own.map(group -> group.limit(limits).isEmpty()).orElse(false);
    if (!limited) {
      LOG.warn("the memory of QEMU cannot be limited here");
    }
  }

  /** Whether the kernel has killed it because memory ran out. */
  boolean hadOutOfMemory() {
    return own.map(MachineCgroup::hadOutOfMemory).orElse(false);
  }

  /** Short and unlike that of any other machine, of whichever user. */
  private static String name(MachineDirectory machine) {
    return String.valueOf(machine.runtime().getFileName());
  }
}
