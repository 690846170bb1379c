package dev.barevirt.launcher.cgroup;

import java.nio.file.Path;
import java.util.Set;

/**
 * One tree of control groups that this process is in.
 *
 * @param own the directory of the group that this process is in
 * @param top the highest directory of the tree that can be seen from here
 * @param controllers what the tree controls; for version 2, the group's own files tell
 * @param unified whether it is version 2
 */
record CgroupHierarchy(Path own, Path top, Set<String> controllers, boolean unified) {
  CgroupHierarchy {
    controllers = Set.copyOf(controllers);
  }
}
