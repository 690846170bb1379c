package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.Sidecar;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who QEMU and the programs beside it run as: a launcher that is root gives its own rights to none
 * of them that parses what a guest says.
 */
final class QemuUser {
  private static final List<String> NOTHING = List.of();

  private final Privileges launcher;
  private final Programs programs;

  QemuUser(Privileges launcher, Programs programs) {
    this.launcher = launcher;
    this.programs = programs;
  }

  /**
   * What stands before QEMU's command line.
   *
   * @throws HostException when the launcher is root and nothing here can give that up
   */
  List<String> wrapper() {
    return lowered(KvmProbe.group().stream().toList());
  }

  /**
   * What stands before a sidecar's command line. One that serves the host's own directories keeps
   * the launcher's user, whose files they are.
   */
  List<String> besideQemu(Sidecar sidecar) {
    return ownsFilesOf(sidecar)
        ? lowered(List.of())
        : setpriv().map(found -> List.of(found.toString(), "--no-new-privs", "--")).orElse(NOTHING);
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

  /** Whoever is not root has nothing to give up; setpriv then only closes the way back. */
  private List<String> lowered(List<Integer> groups) {
    Optional<Path> setpriv = setpriv();
    if (setpriv.isEmpty() && launcher.isRoot()) {
      throw new HostException(
          HostException.Reason.NO_SETPRIV,
          "setpriv (of util-linux) is needed to start QEMU as another user than root");
    }
    return setpriv
        .map(found -> launcher.wrapper(found, Privileges.QEMU_USER, groups))
        .orElse(NOTHING);
  }

  private Optional<Path> setpriv() {
    return programs.find("setpriv");
  }
}
