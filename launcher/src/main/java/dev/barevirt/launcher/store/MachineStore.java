package dev.barevirt.launcher.store;

import dev.barevirt.launcher.os.Flock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** All machines of one user. */
public final class MachineStore {
  /** What a machine's directory is called until it is complete. */
  static final String UNFINISHED = ".new";

  private static final int RUNTIME_NAME_BYTES = 4;

  private final Locations locations;

  public MachineStore(Locations locations) {
    this.locations = locations;
  }

  /** Fills a new machine's state directory before anybody can see it. */
  @FunctionalInterface
  public interface Filling {
    /**
     * Writes what a machine needs from its first moment, at least {@link MachineDirectory#spec}.
     */
    void fill(MachineDirectory directory);
  }

  /** Every machine, by name. */
  public List<MachineDirectory> list() {
    Path machines = locations.machines();
    if (!Files.isDirectory(machines)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(machines)) {
      return entries
          .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
          .filter(Files::isDirectory)
          .sorted()
          .map(this::at)
          .toList();
    } catch (IOException refused) {
      throw FileTrouble.of("list the machines in " + machines, refused);
    }
  }

  /** The machine of that name. */
  public Optional<MachineDirectory> find(MachineName name) {
    Path state = locations.machines().resolve(name.value());
    return Files.isDirectory(state) ? Optional.of(at(state)) : Optional.empty();
  }

  /** The machine of that name, or a sentence that there is none. */
  public MachineDirectory get(MachineName name) {
    return find(name)
        .orElseThrow(
            () ->
                new StoreException(
                    StoreException.Reason.NOT_FOUND, "there is no machine \"" + name + "\""));
  }

  /**
   * Makes a machine that appears whole or not at all. Of two that want one name, one gets it and
   * the other is told so.
   */
  public MachineDirectory create(MachineName name, Filling filling) {
    PrivateDirectory.ensure(locations.machines());
    Path state = locations.machines().resolve(name.value());
    Path unfinished =
        locations.machines().resolve("." + name.value() + "." + UUID.randomUUID() + UNFINISHED);
    MachineDirectory machine = at(state);
    try {
      PrivateDirectory.create(unfinished);
      PrivateDirectory.create(unfinished.resolve("disks"));
      MachineDirectory hidden = new MachineDirectory(unfinished, machine.runtime());
      try (Flock _ = hidden.tryLock().orElseThrow()) { // tells the Gc that we are still at it
        filling.fill(hidden);
        // A directory replaces only an empty one, and a machine's never is.
        Files.move(unfinished, state, StandardCopyOption.ATOMIC_MOVE);
        WholeFile.flushDirectoryOf(state);
      }
      return machine;
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException taken) {
      throw exists(name);
    } catch (IOException refused) {
      throw Files.exists(state) ? exists(name) : FileTrouble.of("make machine " + name, refused);
    } finally {
      DirectoryTree.delete(unfinished);
    }
  }

  /** Removes a machine that does not run, with all its disks. */
  public void delete(MachineName name) {
    MachineDirectory machine = get(name);
    try (Flock _ = machine.tryLock().orElseThrow(() -> busy(name))) {
      if (machine.liveness() == Liveness.ORPHANED) {
        throw busy(name);
      }
      remove(machine);
    }
  }

  /** Removes a machine that has ended; only the holder of its lock may. */
  public static void remove(MachineDirectory machine) {
    Remains.end(machine);
    // Renamed first: whatever happens then, no half-deleted machine is left under its name.
    Path going =
        machine.state().resolveSibling("." + machine.name() + "." + UUID.randomUUID() + UNFINISHED);
    try {
      Files.move(machine.state(), going, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException refused) {
      throw FileTrouble.of("delete machine " + machine.name(), refused);
    }
    DirectoryTree.delete(going);
    DirectoryTree.delete(machine.runtime());
  }

  /** A directory that is not, or no longer, a machine. */
  MachineDirectory unfinished(Path state) {
    return at(state);
  }

  private MachineDirectory at(Path state) {
    return new MachineDirectory(state, locations.runtime().resolve(runtimeName(state)));
  }

  /** Eight hex digits, so that socket paths stay short however long the machine's name is. */
  private static String runtimeName(Path state) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(state.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, RUNTIME_NAME_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static StoreException exists(MachineName name) {
    return new StoreException(
        StoreException.Reason.EXISTS, "there is already a machine \"" + name + "\"");
  }

  private static StoreException busy(MachineName name) {
    return new StoreException(
        StoreException.Reason.BUSY, "machine \"" + name + "\" is running: stop it first");
  }
}
