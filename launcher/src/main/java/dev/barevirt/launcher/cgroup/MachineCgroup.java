package dev.barevirt.launcher.cgroup;

import dev.barevirt.launcher.os.AdoptedProcess;
import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.os.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The group of one machine: one directory with version 2, one for each controller with version 1.
 */
public final class MachineCgroup {
  private static final int KILL_ROUNDS = 20;
  private static final Duration KILL_WAIT = Duration.ofMillis(100);
  private static final int PERIOD_MICROS = 100_000;

  private final Map<String, Path> directories;
  private final boolean unified;

  /**
   * A group that is there.
   *
   * @param directories by the controller that each is for; with version 2 all are the same
   */
  MachineCgroup(Map<String, Path> directories, boolean unified) {
    this.directories = Map.copyOf(directories);
    this.unified = unified;
  }

  /** What can be limited and counted here. */
  public Set<String> controllers() {
    return directories.keySet().stream()
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Moves a process in, with all its threads. Its children follow from then on. */
  public void add(long pid) {
    for (Path directory : places()) {
      try {
        ControlFiles.write(directory.resolve("cgroup.procs"), Long.toString(pid));
      } catch (IOException refused) {
        throw new UncheckedIOException(
            "cannot move process " + pid + " into " + directory, refused);
      }
    }
  }

  /** Sets limits; those whose controller is not here are left out, and named in the answer. */
  public Set<String> limit(CgroupLimits limits) {
    Map<String, String> missing = new HashMap<>();
    Map<String, Map<String, String>> wanted = wanted(limits);
    wanted.forEach(
        (controller, files) -> {
          Path directory = directories.get(controller);
          if (directory == null) {
            missing.put(controller, controller);
          } else {
            files.forEach((file, value) -> write(directory.resolve(file), value));
          }
        });
    return Set.copyOf(missing.keySet());
  }

  /** Whether the kernel has killed a process of the group because memory ran out. */
  public boolean hadOutOfMemory() {
    Path directory = directories.get("memory");
    if (directory == null) {
      return false;
    }
    Path file = directory.resolve(unified ? "memory.events" : "memory.oom_control");
    try {
      return ControlFiles.counter(Files.readString(file), "oom_kill").orElse(0) > 0;
    } catch (IOException gone) {
      return false;
    }
  }

  /** The processes in it. */
  public List<Long> processes() {
    try {
      return ControlFiles.processes(places().iterator().next());
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** Kills all that is in it, also what is started meanwhile. */
  public void killAll() {
    for (Path directory : places()) {
      Path kill = directory.resolve("cgroup.kill");
      if (Files.exists(kill)) {
        write(kill, "1");
        return;
      }
    }
    for (int round = 0; round < KILL_ROUNDS && !processes().isEmpty(); round++) {
      for (long pid : processes()) {
        Optional<AdoptedProcess> process = ProcessIdentity.of(pid).flatMap(AdoptedProcess::find);
        process.ifPresent(
            found -> {
              found.signal(Signal.KILL);
              found.awaitExit(KILL_WAIT);
              found.close();
            });
      }
    }
  }

  /** Removes the group, which must be empty; says whether it is gone. */
  public boolean remove() {
    boolean gone = true;
    for (Path directory : places()) {
      try {
        Files.deleteIfExists(directory);
      } catch (IOException occupied) {
        gone = false;
      }
    }
    return gone;
  }

  private Set<Path> places() {
    return Set.copyOf(directories.values());
  }

  private Map<String, Map<String, String>> wanted(CgroupLimits limits) {
    Map<String, Map<String, String>> wanted = new HashMap<>();
    if (limits.memoryBytes() != null) {
      String file = unified ? "memory.max" : "memory.limit_in_bytes";
      wanted.put("memory", Map.of(file, limits.memoryBytes().toString()));
    }
    if (limits.processes() != null) {
      wanted.put("pids", Map.of("pids.max", limits.processes().toString()));
    }
    if (limits.cpuPercent() != null) {
      String quota = Long.toString((long) limits.cpuPercent() * PERIOD_MICROS / 100);
      String period = Integer.toString(PERIOD_MICROS);
      wanted.put(
          "cpu",
          unified
              ? Map.of("cpu.max", quota + " " + period)
              : Map.of("cpu.cfs_period_us", period, "cpu.cfs_quota_us", quota));
    }
    return wanted;
  }

  private static void write(Path file, String value) {
    try {
      ControlFiles.write(file, value);
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot write " + value + " to " + file, refused);
    }
  }

  @Override
  public String toString() {
    return "cgroup " + places();
  }
}
