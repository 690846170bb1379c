package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.RequestPlan;
import dev.barevirt.launcher.cli.live.ResidentStarter;
import dev.barevirt.launcher.cli.live.StoredImages;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.disk.ChildProcessRunner;
import dev.barevirt.launcher.disk.QemuImg;
import dev.barevirt.launcher.image.ImageImport;
import dev.barevirt.launcher.image.ImageStore;
import dev.barevirt.launcher.image.MachineImageUsers;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.qemu.HostFactsSource;
import dev.barevirt.launcher.qemu.HostProbe;
import dev.barevirt.launcher.store.Locations;
import dev.barevirt.launcher.store.MachineStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where things are on this host: directories, programs, the command that starts a resident
 * launcher.
 */
final class Workplace {
  static final String QEMU = "qemu-system-x86_64";
  private static final String QEMU_CHOICE = "BAREVIRT_QEMU";

  private final Session session;

  Workplace(Session session) {
    this.session = session;
  }

  /** Directories from flags, else from variables, else the usual ones. */
  Locations locations() {
    Map<String, String> variables = new HashMap<>(session.environment());
    put(variables, "BAREVIRT_STATE_DIR", session.globals().stateDir);
    put(variables, "BAREVIRT_RUNTIME_DIR", session.globals().runtimeDir);
    return Locations.of(variables, Privileges.current());
  }

  private @Nullable String chosenQemu() {
    return session.environment().containsKey(QEMU_CHOICE) ? qemu().toString() : null;
  }

  private void put(Map<String, String> variables, String name, @Nullable Path flag) {
    if (flag != null) {
      variables.put(name, session.directory().resolve(flag).normalize().toString());
    }
  }

  MachineStore store() {
    return new MachineStore(locations());
  }

  Machines machines() {
    var starter = new ResidentStarter(Children.ofThisProcess(), session.environment(), java());
    return new Machines(
        store(), starter, new RequestPlan(new StoredImages(imageStore()), chosenQemu()));
  }

  ImageStore imageStore() {
    return new ImageStore(locations().images(), new MachineImageUsers(store()));
  }

  ImageImport imageImport() {
    return ImageImport.into(
        imageStore(), programs(), Children.ofThisProcess(), session.environment());
  }

  Programs programs() {
    String path = session.environment().get("PATH");
    return path == null ? Programs.usual() : Programs.of(path);
  }

  /** A program that a command cannot do without. */
  Path program(String name, String whatItIs) {
    return programs()
        .find(name)
        .orElseThrow(
            () ->
                CliFailure.of(
                        ExitCode.HOST_UNSUPPORTED, name + " (" + whatItIs + ") is not installed")
                    .advising("'launcher doctor' says what is missing and how to get it"));
  }

  /** QEMU's tool for disks. */
  QemuImg qemuImg() {
    String program = program("qemu-img", "QEMU's tool for disks").toString();
    return new QemuImg(new ChildProcessRunner(), program);
  }

  /** QEMU, whose absence is worth a sentence before anything is made. */
  Path qemu() {
    return qemuBinary()
        .orElseThrow(
            () ->
                CliFailure.of(
                        ExitCode.HOST_UNSUPPORTED,
                        session.environment().getOrDefault(QEMU_CHOICE, QEMU)
                            + " (the emulator) is not installed")
                    .advising("install qemu-system-x86, or name another with " + QEMU_CHOICE));
  }

  /** The QEMU that {@code BAREVIRT_QEMU} names, else the one on the path. */
  Optional<Path> qemuBinary() {
    String chosen = session.environment().get(QEMU_CHOICE);
    return chosen == null
        ? programs().find(QEMU)
        : Optional.of(session.directory().resolve(chosen)).filter(Files::isExecutable);
  }

  /** What this host can do; found out when it is first asked, and remembered between commands. */
  HostFactsSource hostFacts() {
    var probe =
        new HostProbe(
            programs(), Privileges.current(), Children.ofThisProcess(), locations().cache());
    return binary -> binary == null ? probe.probe() : probe.probe(Path.of(binary));
  }

  /**
   * What runs a class of ours: with the options that {@code make build} prepared for the resident
   * launcher, or, from a class path, with this JVM's own.
   */
  private List<String> java() {
    String java = System.getProperty("java.home") + "/bin/java";
    Optional<Path> options =
        Optional.ofNullable(System.getProperty("barevirt.home"))
            .map(home -> Path.of(home, "resident.options"))
            .filter(Files::isRegularFile);
    if (options.isPresent()) {
      return List.of(java, "@" + options.get());
    }
    return List.of(
        java,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"));
  }
}
