package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.HostFacts.Accelerator;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.HostFacts.QemuVersion;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.ExitStatus;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.launcher.os.RawBytes;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SpawnRequest;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.UnixSockets;
import dev.barevirt.qmp.wire.WireCommand;
import dev.barevirt.qmp.wire.WireConnection;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireListener;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Asks one QEMU what it can do: a single run without a machine, under the sandbox and the user that
 * guests will run with, so that what works here works there. Nothing is concluded from its version
 * except that it is too old.
 */
final class QemuProbe {
  private static final int OLDEST_MAJOR = 7;
  private static final int OLDEST_MINOR = 2;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LEAVING = Duration.ofSeconds(5);
  private static final int SOCKET = 3;
  private static final int BUFFERED_FILE = 4;
  private static final int DIRECT_FILE = 5;
  private static final int PROBE_FILE_BYTES = 1024 * 1024;

  private final Children children;
  private final List<String> wrapper;

  /**
   * A probe.
   *
   * @param children starts QEMU
   * @param wrapper what stands before QEMU's command to take its privileges away
   */
  QemuProbe(Children children, List<String> wrapper) {
    this.children = children;
    this.wrapper = List.copyOf(wrapper);
  }

  /**
   * Runs the binary.
   *
   * @param scratch a directory on the file system that disks will lie on, for trying out I/O
   */
  QemuAbilities probe(Path binary, Accelerator accelerator, Path scratch) {
    UnixSockets.Pair socket = UnixSockets.pair();
    try (WireLoop loop = WireLoop.start("qemu-probe")) {
      RunningProcess qemu = start(binary, accelerator, socket, scratch);
      try (WireConnection monitor =
          WireConnection.over(loop, socket.here(), WireSettings.library(), new WireListener() {})) {
        return ask(monitor, binary);
      } catch (WireException lost) {
        throw broken(binary, qemu, lost);
      } finally {
        qemu.signal(Signal.KILL);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HostException(
          HostException.Reason.QEMU_BROKEN, "interrupted while asking " + binary, interrupted);
    }
  }

  private RunningProcess start(
      Path binary, Accelerator accelerator, UnixSockets.Pair socket, Path scratch) {
    try (OwnedFd theirs = socket.there();
        ScratchFile file = ScratchFile.create(scratch)) {
      return start(binary, accelerator, theirs, file);
    } catch (HostException refused) {
      socket.here().close();
      throw refused;
    }
  }

  private RunningProcess start(
      Path binary, Accelerator accelerator, OwnedFd socket, ScratchFile file) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(binary.toString());
    command.addAll(
        List.of(
            "-machine",
            "none",
            "-accel",
            accelerator.name().toLowerCase(Locale.ROOT),
            "-S",
            "-nodefaults",
            "-no-user-config",
            "-display",
            "none",
            "-sandbox",
            "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
            "-add-fd",
            "set=0,fd=" + BUFFERED_FILE,
            "-chardev",
            "socket,id=monitor,fd=" + SOCKET,
            "-mon",
            "chardev=monitor,mode=control"));
    SpawnRequest request =
        SpawnRequest.of(command).passing(SOCKET, socket).passing(BUFFERED_FILE, file.buffered());
    if (file.hasDirect()) {
      command.addAll(List.of("-add-fd", "set=1,fd=" + DIRECT_FILE));
      request =
          new SpawnRequest(
                  command,
                  request.environment(),
                  request.directory(),
                  request.descriptors(),
                  request.group())
              .passing(DIRECT_FILE, file.direct());
    }
    try {
      return children.start(request);
    } catch (OsException refused) {
      throw new HostException(
          HostException.Reason.QEMU_BROKEN,
          "cannot start " + binary + " to ask what it can do",
          refused);
    }
  }

  private static QemuAbilities ask(WireConnection monitor, Path binary)
      throws InterruptedException {
    monitor.awaitGreeting(LIMIT);
    call(monitor, "qmp_capabilities", Json.object().build());
    QemuVersion version = AbilitiesReader.version(call(monitor, "query-version"));
    if (!version.atLeast(OLDEST_MAJOR, OLDEST_MINOR)) {
      throw new HostException(
          HostException.Reason.QEMU_TOO_OLD,
          "%s is QEMU %s, and barevirt needs %d.%d or later"
              .formatted(binary, version, OLDEST_MAJOR, OLDEST_MINOR));
    }
    Set<String> devices = AbilitiesReader.names(types(monitor, "device"));
    return new QemuAbilities(
        version,
        AbilitiesReader.machines(call(monitor, "query-machines")),
        devices,
        AbilitiesReader.cpuModels(call(monitor, "query-cpu-definitions")),
        features(monitor));
  }

  private static Set<Feature> features(WireConnection monitor) throws InterruptedException {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    QmpSchema schema = new QmpSchema(call(monitor, "query-qmp-schema"));
    addIf(features, Feature.NETDEV_STREAM, schema.hasVariant("netdev_add", "stream"));
    addIf(features, Feature.NETDEV_USER, schema.hasVariant("netdev_add", "user"));
    addIf(
        features,
        Feature.RECONNECT_MS,
        schema.variantHasMember("netdev_add", "stream", "reconnect-ms"));
    Set<String> memory = AbilitiesReader.names(types(monitor, "memory-backend"));
    addIf(features, Feature.MEMFD, memory.contains("memory-backend-memfd"));
    addIf(
        features,
        Feature.IOTHREAD_VQ_MAPPING_BLK,
        properties(monitor, "virtio-blk-pci").contains("iothread-vq-mapping"));
    addIf(
        features,
        Feature.IOTHREAD_VQ_MAPPING_SCSI,
        properties(monitor, "virtio-scsi-pci").contains("iothread-vq-mapping"));
    addIf(features, Feature.IO_URING, opens(monitor, "/dev/fdset/0", "io_uring", false));
    addIf(features, Feature.NATIVE_AIO, opens(monitor, "/dev/fdset/1", "native", true));
    return features;
  }

  private static void addIf(Set<Feature> features, Feature feature, boolean there) {
    if (there) {
      features.add(feature);
    }
  }

  /** Really opens a file that way: the name of a mode says nothing of what seccomp makes of it. */
  private static boolean opens(WireConnection monitor, String file, String aio, boolean direct)
      throws InterruptedException {
    Json arguments =
        Json.object()
            .with("driver", "file")
            .with("node-name", "probe-" + aio)
            .with("filename", file)
            .with("aio", aio)
            .with("cache", Json.object().with("direct", direct).build())
            .build();
    try {
      call(monitor, "blockdev-add", arguments);
      return true;
    } catch (WireException.Refused refused) {
      return false;
    }
  }

  private static Set<String> properties(WireConnection monitor, String type)
      throws InterruptedException {
    Json arguments = Json.object().with("typename", type).build();
    try {
      return AbilitiesReader.names(call(monitor, "device-list-properties", arguments));
    } catch (WireException.Refused unknown) { // this QEMU has no such device
      return Set.of();
    }
  }

  private static Json types(WireConnection monitor, String parent) throws InterruptedException {
    Json arguments = Json.object().with("implements", parent).with("abstract", false).build();
    return call(monitor, "qom-list-types", arguments);
  }

  private static Json call(WireConnection monitor, String command) throws InterruptedException {
    return call(monitor, command, Json.object().build());
  }

  private static Json call(WireConnection monitor, String command, Json arguments)
      throws InterruptedException {
    return monitor.call(WireCommand.of(command, RawJson.of(arguments)), LIMIT).tree();
  }

  private static HostException broken(Path binary, RunningProcess qemu, WireException cause) {
    String end =
        qemu.awaitExit(LEAVING).map(ExitStatus::toString).map(how -> " (" + how + ")").orElse("");
    return new HostException(
        HostException.Reason.QEMU_BROKEN, binary + " does not answer as a QEMU does" + end, cause);
  }

  /** A file to try out I/O on, open in both ways, already without a name. */
  private record ScratchFile(OwnedFd buffered, List<OwnedFd> directs) implements AutoCloseable {
    static ScratchFile create(Path directory) {
      try {
        Path file = Files.createTempFile(directory, "probe", ".raw");
        try {
          OwnedFd buffered = OpenFile.open(file, Set.of(OpenFlag.READ_WRITE));
          RawBytes.write(buffered, new byte[PROBE_FILE_BYTES]);
          return new ScratchFile(buffered, direct(file));
        } finally {
          Files.delete(file);
        }
      } catch (IOException refused) {
        throw new UncheckedIOException("cannot make a file in " + directory, refused);
      }
    }

    private static List<OwnedFd> direct(Path file) {
      try {
        return List.of(OpenFile.open(file, Set.of(OpenFlag.READ_WRITE, OpenFlag.DIRECT)));
      } catch (OsException noDirect) { // a file system in memory has no unbuffered I/O
        return List.of();
      }
    }

    boolean hasDirect() {
      return !directs.isEmpty();
    }

    OwnedFd direct() {
      return directs.getFirst();
    }

    @Override
    public void close() {
      buffered.close();
      directs.forEach(OwnedFd::close);
    }
  }
}
