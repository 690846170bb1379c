package dev.barevirt.launcher.cgroup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Works out where a process stands from what the kernel says of its groups and of the mounts. */
final class CgroupLayout {
  private static final int MOUNT_ROOT = 3;
  private static final int MOUNT_POINT = 4;

  private CgroupLayout() {}

  /** One line of {@code /proc/PID/cgroup}. */
  private record Membership(Set<String> controllers, String path) {
    boolean isUnified() {
      return controllers.isEmpty();
    }
  }

  /** One mounted tree. */
  private record Mount(String root, Path point, boolean unified, Set<String> options) {}

  /**
   * Every tree that the process is in and that is mounted here.
   *
   * @param membership the text of {@code /proc/PID/cgroup}
   * @param mountinfo the text of {@code /proc/self/mountinfo}
   */
  static List<CgroupHierarchy> parse(String membership, String mountinfo) {
    List<Mount> mounts = mountinfo.lines().flatMap(line -> mount(line).stream()).toList();
    List<CgroupHierarchy> hierarchies = new ArrayList<>();
    for (String line : membership.lines().toList()) {
      membership(line).flatMap(member -> hierarchy(member, mounts)).ifPresent(hierarchies::add);
    }
    return List.copyOf(hierarchies);
  }

  private static Optional<CgroupHierarchy> hierarchy(Membership member, List<Mount> mounts) {
    return mounts.stream()
        .filter(mount -> mount.unified() == member.isUnified())
        .filter(mount -> mount.options().containsAll(member.controllers()))
        .flatMap(mount -> place(member, mount).stream())
        .findFirst();
  }

  /** In a container the mount may begin in the middle of the tree; what lies above is not ours. */
  private static Optional<CgroupHierarchy> place(Membership member, Mount mount) {
    Path path = Path.of(member.path()).normalize();
    Path root = Path.of(mount.root()).normalize();
    if (!path.startsWith(root)) {
      return Optional.empty();
    }
    Path own = mount.point().resolve(root.relativize(path).toString()).normalize();
    return own.startsWith(mount.point())
        ? Optional.of(
            new CgroupHierarchy(own, mount.point(), member.controllers(), member.isUnified()))
        : Optional.empty();
  }

  /** "4:memory:/path", "1:name=systemd:/path" or "0::/path". */
  private static Optional<Membership> membership(String line) {
    String[] fields = line.split(":", 3);
    if (fields.length < 3 || !fields[2].startsWith("/")) {
      return Optional.empty();
    }
    Set<String> controllers = new HashSet<>(Arrays.asList(fields[1].split(",", -1)));
    controllers.remove("");
    return Optional.of(new Membership(controllers, fields[2]));
  }

  /** "32 31 0:29 /root /point rw,relatime shared:9 - cgroup cgroup rw,cpu". */
  private static Optional<Mount> mount(String line) {
    int dash = line.indexOf(" - ");
    if (dash < 0) {
      return Optional.empty();
    }
    String[] before = line.substring(0, dash).split(" ", -1);
    String[] after = line.substring(dash + 3).split(" ", -1);
    boolean version1 = after[0].equals("cgroup");
    boolean version2 = after[0].equals("cgroup2");
    if (before.length <= MOUNT_POINT || after.length < 3 || !(version1 || version2)) {
      return Optional.empty();
    }
    return Optional.of(
        new Mount(
            unescaped(before[MOUNT_ROOT]),
            Path.of(unescaped(before[MOUNT_POINT])),
            version2,
            Set.copyOf(new HashSet<>(Arrays.asList(after[2].split(",", -1))))));
  }

  /** The kernel writes blanks as octal. */
  private static String unescaped(String text) {
    return text.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }
}
