package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.Sidecar;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Who QEMU and the programs beside it run as: a launcher that is root gives its own rights to none
 * of them that parses what a guest says.
 */
final class QemuUser {
  private static final Path KVM = Path.of("/dev/kvm");

  private final Privileges launcher;
  private final Path setpriv;

  QemuUser(Privileges launcher, Programs programs) {
    this.launcher = launcher;
    this.setpriv =
        programs
            .find("setpriv")
            .orElseThrow(
                () -> GuestException.unsupported("setpriv (util-linux) is needed to start QEMU"));
  }

  /** What stands before QEMU's command line. */
  List<String> wrapper() {
    return launcher.wrapper(setpriv, Privileges.QEMU_USER, groups());
  }

  /**
   * What stands before a sidecar's command line. One that serves the host's own directories keeps
   * the launcher's user, whose files they are.
   */
  List<String> besideQemu(Sidecar sidecar) {
    return ownsFilesOf(sidecar)
        ? launcher.wrapper(setpriv, Privileges.QEMU_USER, List.of())
        : List.of(setpriv.toString(), "--no-new-privs", "--");
  }

  /** Whether a sidecar runs as QEMU's user, to whom then belongs what it keeps. */
  boolean ownsFilesOf(Sidecar sidecar) {
    String program = String.valueOf(Path.of(sidecar.program()).getFileName());
    return !program.startsWith("virtiofsd");
  }

  /** Makes a file or directory QEMU's own. */
  void give(Path file) {
    if (!launcher.isRoot()) {
      return;
    }
    try {
      Files.setAttribute(file, "unix:uid", Privileges.QEMU_USER, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(file, "unix:gid", Privileges.QEMU_USER, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot give " + file + " to QEMU's user", refused);
    }
  }

  /** The group that may use KVM, when the node has one of its own. */
  private static List<Integer> groups() {
    try {
      return Files.exists(KVM) ? List.of((Integer) Files.getAttribute(KVM, "unix:gid")) : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
