package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.RequestPlan;
import dev.barevirt.launcher.cli.live.ResidentStarter;
import dev.barevirt.launcher.cli.live.StoredImages;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.image.ImageImport;
import dev.barevirt.launcher.image.ImageStore;
import dev.barevirt.launcher.image.MachineImageUsers;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.store.Locations;
import dev.barevirt.launcher.store.MachineStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where things are on this host: directories, programs, the command that starts a resident
 * launcher.
 */
final class Workplace {
  static final String QEMU = "qemu-system-x86_64";

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

  private void put(
      Map<String, String> variables, String name, @org.jspecify.annotations.Nullable Path flag) {
    if (flag != null) {
      variables.put(name, session.directory().resolve(flag).normalize().toString());
    }
  }

  MachineStore store() {
    return new MachineStore(locations());
  }

  Machines machines() {
    var starter = new ResidentStarter(Children.ofThisProcess(), session.environment(), java());
    return new Machines(store(), starter, new RequestPlan(new StoredImages(imageStore())));
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

  /** QEMU, whose absence is worth a sentence before anything is made. */
  Path qemu() {
    return program(QEMU, "the emulator");
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
