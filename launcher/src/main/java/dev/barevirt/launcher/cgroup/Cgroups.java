package dev.barevirt.launcher.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes groups for machines where this process may: below its own group or beside it, so that the
 * limits it stands under itself hold for its machines too. Where nothing may be made, machines run
 * in the launcher's group and that is said.
 */
public final class Cgroups {
  private static final Set<String> WANTED = Set.of("memory", "pids", "cpu");
  private static final String PREFIX = "barevirt-";

  private final Path processes;

  private Cgroups(Path processes) {
    this.processes = processes;
  }

  /** Those of this host. */
  public static Cgroups ofThisHost() {
    return new Cgroups(Path.of("/proc"));
  }

  /** With another {@code /proc}, for a test. */
  static Cgroups of(Path processes) {
    return new Cgroups(processes);
  }

  /** Makes the group of a machine, or takes the one that an earlier run left. */
  public Placement place(String machine) {
    List<CgroupHierarchy> hierarchies;
    try {
      hierarchies = hierarchies("self");
    } catch (IOException unreadable) {
      return new Placement.Shared("this kernel does not say which control group we are in");
    }
    Optional<CgroupHierarchy> unified =
        hierarchies.stream().filter(CgroupHierarchy::unified).findFirst();
    try {
      if (unified.isPresent() && controls(unified.get().own()).contains("memory")) {
        return unified(unified.get(), PREFIX + machine);
      }
      return perController(hierarchies, PREFIX + machine);
    } catch (IOException refused) {
      return new Placement.Shared("no control group can be made here: " + refused.getMessage());
    }
  }

  /** The group of a machine whose QEMU is running, made by an earlier launcher. */
  public Optional<MachineCgroup> find(String machine, long qemu) {
    try {
      Map<String, Path> directories = new HashMap<>();
      boolean unified = false;
      for (CgroupHierarchy hierarchy : hierarchies(Long.toString(qemu))) {
        if (String.valueOf(hierarchy.own().getFileName()).equals(PREFIX + machine)) {
          Set<String> controllers =
              hierarchy.unified() ? controls(hierarchy.own()) : hierarchy.controllers();
          controllers.forEach(controller -> directories.put(controller, hierarchy.own()));
          directories.putIfAbsent("", hierarchy.own());
          unified |= hierarchy.unified();
        }
      }
      return directories.isEmpty()
          ? Optional.empty()
          : Optional.of(new MachineCgroup(directories, unified));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private List<CgroupHierarchy> hierarchies(String process) throws IOException {
    return CgroupLayout.parse(
        Files.readString(processes.resolve(process).resolve("cgroup")),
        Files.readString(processes.resolve("self/mountinfo")));
  }

  /**
   * Version 2: a group with processes of its own cannot hand controllers down, and ours has us in
   * it; so the group may have to stand beside ours.
   */
  private static Placement unified(CgroupHierarchy hierarchy, String name) throws IOException {
    List<Path> parents = new ArrayList<>(List.of(hierarchy.own()));
    Path above = hierarchy.own().getParent();
    if (above != null && above.startsWith(hierarchy.top())) {
      parents.add(above);
    }
    IOException refusal = new IOException("no group is writable");
    for (Path parent : parents) {
      try {
        handDown(parent);
        if (controlsBelow(parent).contains("memory")) {
          return new Placement.Own(ownUnified(parent, name));
        }
      } catch (IOException refused) {
        refusal = refused;
      }
    }
    throw refusal;
  }

  private static MachineCgroup ownUnified(Path parent, String name) throws IOException {
    Path directory = make(parent.resolve(name));
    Map<String, Path> directories = new HashMap<>(Map.of("", directory));
    controlsBelow(parent).stream()
        .filter(WANTED::contains)
        .forEach(controller -> directories.put(controller, directory));
    return new MachineCgroup(directories, true);
  }

  /** Asks for every controller that is wanted; the kernel refuses it where it cannot be. */
  private static void handDown(Path parent) throws IOException {
    Set<String> missing = new HashSet<>(controls(parent));
    missing.retainAll(WANTED);
    missing.removeAll(controlsBelow(parent));
    for (String controller : missing) {
      try {
        ControlFiles.write(parent.resolve("cgroup.subtree_control"), "+" + controller);
      } catch (IOException refused) {
        if (controller.equals("memory")) {
          throw refused;
        }
      }
    }
  }

  /** Version 1: a group of the same name in each controller's tree, below our own. */
  private static Placement perController(List<CgroupHierarchy> hierarchies, String name)
      throws IOException {
    Map<String, Path> directories = new HashMap<>();
    IOException refusal = new IOException("no tree with memory, pids or cpu is mounted");
    for (CgroupHierarchy hierarchy : hierarchies) {
      Set<String> controllers = new HashSet<>(hierarchy.controllers());
      controllers.retainAll(WANTED);
      if (hierarchy.unified() || controllers.isEmpty()) {
        continue;
      }
      try {
        Path directory = make(hierarchy.own().resolve(name));
        controllers.forEach(controller -> directories.put(controller, directory));
      } catch (IOException refused) {
        refusal = refused;
      }
    }
    if (directories.isEmpty()) {
      throw refusal;
    }
    return new Placement.Own(new MachineCgroup(directories, false));
  }

  /** A group that an earlier run left is removed first, with what it counted. */
  private static Path make(Path directory) throws IOException {
    if (Files.isDirectory(directory) && ControlFiles.processes(directory).isEmpty()) {
      Files.delete(directory);
    }
    return Files.isDirectory(directory) ? directory : Files.createDirectory(directory);
  }

  private static Set<String> controls(Path group) throws IOException {
    return ControlFiles.words(group.resolve("cgroup.controllers"));
  }

  private static Set<String> controlsBelow(Path group) throws IOException {
    return ControlFiles.words(group.resolve("cgroup.subtree_control"));
  }
}
