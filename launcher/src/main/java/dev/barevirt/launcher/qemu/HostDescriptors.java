package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.FdTable;
import dev.barevirt.launcher.machine.HostResource;
import dev.barevirt.launcher.machine.HostResource.OpenMode;
import dev.barevirt.launcher.os.DescriptorShelf;
import dev.barevirt.launcher.os.FileStatus;
import dev.barevirt.launcher.os.Memfd;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.launcher.os.SpawnRequest;
import dev.barevirt.launcher.os.UnixSocket;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens what QEMU inherits, so that QEMU itself needs no right to any path. */
final class HostDescriptors implements AutoCloseable {
  private static final int READABLE_BY_OTHERS = 04;

  private final Path runtime;
  private final DescriptorShelf given;
  private final Map<HostResource, List<OwnedFd>> open = new LinkedHashMap<>();

  private HostDescriptors(Path runtime, DescriptorShelf given) {
    this.runtime = runtime;
    this.given = given;
  }

  /**
   * Opens all, or none.
   *
   * @param runtime the directory that relative paths of sockets are in
   * @param given what somebody opened for the launcher
   */
  static HostDescriptors open(
      List<HostResource> resources, Path runtime, DescriptorShelf given, Undo undo) {
    HostDescriptors opened = new HostDescriptors(runtime, given);
    undo.push("close what QEMU was to inherit", opened::close);
    for (HostResource resource : resources) {
      try {
        opened.open.put(resource, opened.open(resource, undo));
      } catch (OsException refused) {
        throw GuestException.failed(String.valueOf(refused.getMessage()));
      }
    }
    return opened;
  }

  /** The request with all descriptors under the numbers that the table gives them. */
  SpawnRequest passedTo(SpawnRequest request, FdTable table) {
    SpawnRequest passing = request;
    for (Map.Entry<HostResource, List<OwnedFd>> entry : open.entrySet()) {
      List<Integer> numbers = table.fds(entry.getKey());
      for (int i = 0; i < numbers.size(); i++) {
        passing = passing.passing(numbers.get(i), entry.getValue().get(i));
      }
    }
    return passing;
  }

  /** The descriptors of one resource, in their order. */
  List<OwnedFd> of(HostResource resource) {
    return open.getOrDefault(resource, List.of());
  }

  /** Closes the launcher's copies. */
  @Override
  public void close() {
    open.values().forEach(fds -> fds.forEach(OwnedFd::close));
    open.clear();
  }

  private List<OwnedFd> open(HostResource resource, Undo undo) {
    return switch (resource) {
      case HostResource.Listener listener -> List.of(listen(listener, undo));
      case HostResource.FdSet set -> set(set);
      case HostResource.ReadableFile file -> List.of(readable(Path.of(file.path())));
      case HostResource.DeviceNode node ->
          List.of(OpenFile.open(Path.of(node.path()), EnumSet.of(OpenFlag.READ_WRITE)));
      case HostResource.Tap tap -> Taps.open(tap, given);
    };
  }

  private OwnedFd listen(HostResource.Listener listener, Undo undo) {
    Path path = runtime.resolve(listener.path()).normalize();
    try {
      Files.deleteIfExists(path); // of a run that ended without tidying up; the lock is ours
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot remove the old socket " + path, refused);
    }
    OwnedFd socket = UnixSocket.listen(path);
    undo.push("remove " + path, () -> remove(path));
    return socket;
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private static List<OwnedFd> set(HostResource.FdSet set) {
    List<OwnedFd> fds = new ArrayList<>();
    try {
      for (OpenMode mode : set.modes()) {
        fds.add(OpenFile.open(Path.of(set.path()), flags(mode)));
      }
      return List.copyOf(fds);
    } catch (OsException refused) {
      fds.forEach(OwnedFd::close);
      throw refused;
    }
  }

  private static Set<OpenFlag> flags(OpenMode mode) {
    Set<OpenFlag> flags = EnumSet.of(mode.writable() ? OpenFlag.READ_WRITE : OpenFlag.READ);
    if (mode.direct()) {
      flags.add(OpenFlag.DIRECT);
    }
    return flags;
  }

  /**
   * A file that QEMU opens once more through its own descriptor, which the kernel checks against
   * the file's mode: one that is not for everybody is handed over as a copy in memory.
   */
  private static OwnedFd readable(Path path) {
    OwnedFd file = OpenFile.open(path, EnumSet.of(OpenFlag.READ));
    FileStatus status = FileStatus.of(file);
    if ((status.permissions() & READABLE_BY_OTHERS) != 0) {
      return file;
    }
    file.close();
    try {
      return Memfd.sealed(String.valueOf(path.getFileName()), Files.readAllBytes(path));
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot read " + path, refused);
    }
  }
}
