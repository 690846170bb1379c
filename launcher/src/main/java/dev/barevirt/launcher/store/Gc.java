package dev.barevirt.launcher.store;

import dev.barevirt.launcher.os.Flock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what crashes and power cuts left behind, and removes it. */
public final class Gc {
  private static final Pattern RUNTIME_NAME = Pattern.compile("[0-9a-f]{8}");

  private final Locations locations;
  private final MachineStore machines;

  public Gc(Locations locations, MachineStore machines) {
    this.locations = locations;
    this.machines = machines;
  }

  /**
   * Something that nobody needs any more.
   *
   * @param path what it is
   * @param reason why nobody needs it, for the user
   */
  public record Leftover(Path path, String reason) {}

  /** What can go. Nothing of a machine that runs or can be taken up again is among it. */
  public List<Leftover> plan() {
    List<Leftover> leftovers = new ArrayList<>();
    List<MachineDirectory> known = machines.list();
    entries(locations.machines()).stream()
        .filter(entry -> name(entry).endsWith(MachineStore.UNFINISHED))
        .filter(entry -> isFree(machines.unfinished(entry)))
        .forEach(entry -> leftovers.add(new Leftover(entry, "a machine that was never finished")));
    for (MachineDirectory machine : known) {
      leftoversOf(machine, leftovers);
    }
    Set<Path> used = known.stream().map(MachineDirectory::runtime).collect(Collectors.toSet());
    entries(locations.runtime()).stream()
        .filter(entry -> RUNTIME_NAME.matcher(name(entry)).matches() && !used.contains(entry))
        .filter(entry -> Files.isDirectory(entry))
        .forEach(entry -> leftovers.add(new Leftover(entry, "the run of a machine that is gone")));
    return List.copyOf(leftovers);
  }

  /** Removes what a plan named, as far as it still can go: a machine may have started meanwhile. */
  public void remove(List<Leftover> plan) {
    machines.list().forEach(Gc::endRemains);
    Set<Path> still = plan().stream().map(Leftover::path).collect(Collectors.toSet());
    plan.stream()
        .filter(leftover -> still.contains(leftover.path()))
        .forEach(leftover -> DirectoryTree.delete(leftover.path()));
  }

  private static void endRemains(MachineDirectory machine) {
    Optional<Flock> lock = machine.tryLock();
    if (lock.isPresent()) {
      try (Flock _ = lock.get()) {
        if (machine.liveness() == Liveness.STALE) {
          Remains.end(machine);
        }
      }
    }
  }

  private static boolean isFree(MachineDirectory machine) {
    Optional<Flock> lock = machine.tryLock();
    lock.ifPresent(Flock::close);
    return lock.isPresent();
  }

  private static void leftoversOf(MachineDirectory machine, List<Leftover> leftovers) {
    Liveness liveness = machine.liveness();
    boolean mayReturn = liveness == Liveness.RUNNING || liveness == Liveness.ORPHANED;
    if (mayReturn || !isFree(machine)) {
      return;
    }
    boolean ran = liveness == Liveness.STALE || Files.exists(machine.report());
    if (ran && machine.goesWhenItEnds()) {
      leftovers.add(new Leftover(machine.state(), "a machine that was to go when it ended"));
      leftovers.add(new Leftover(machine.runtime(), "the sockets of a run that ended"));
      return;
    }
    entries(machine.state()).stream()
        .filter(entry -> name(entry).endsWith(WholeFile.TEMPORARY))
        .forEach(entry -> leftovers.add(new Leftover(entry, "a file that was never finished")));
    if (liveness == Liveness.STALE) {
      leftovers.add(
          new Leftover(machine.state().resolve("run"), "a run that ended without tidying up"));
    }
    if (Files.isDirectory(machine.runtime())) {
      leftovers.add(new Leftover(machine.runtime(), "the sockets of a run that ended"));
    }
  }

  private static List<Path> entries(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (IOException refused) {
      throw FileTrouble.of("look into " + directory, refused);
    }
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }
}
