package dev.barevirt.agent.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds a pod in the control groups of a process, as {@code /proc/<pid>/cgroup} lists them.
 *
 * <p>The kubelet makes {@code <root>/kubepods/<class>/pod<uid>/<container>}, or with systemd's
 * names {@code
 * <root>/kubepods.slice/kubepods-<class>.slice/kubepods-<class>-pod<uid>.slice/<container>}. A
 * container may make groups of any name below its own, so only the outermost place where a pod's
 * group can be is looked at, and all controllers have to agree.
 *
 * @param root what stands above the node's pods, where the node is itself a container
 */
record PodCgroups(List<String> root) {
  private static final Pattern ALL_PODS = Pattern.compile("(?:[\\w.]+-)?kubepods(?:\\.slice)?");
  private static final Pattern CLASS =
      Pattern.compile(
          "(?:(?:[\\w.]+-)?kubepods-)?(?:besteffort|burstable|guaranteed)(?:\\.slice)?");
  private static final Pattern POD =
      Pattern.compile(
          "(?:(?:[\\w.]+-)?kubepods-(?:(?:besteffort|burstable|guaranteed)-)?)?"
              + "pod([0-9a-f]{8}(?:[-_]?[0-9a-f]{4}){3}[-_]?[0-9a-f]{12})(?:\\.slice)?");
  private static final String ABOVE = "..";

  PodCgroups {
    root = List.copyOf(root);
  }

  /** For a node whose agent has these control groups itself, as a pod of that node or outside. */
  static PodCgroups ofNode(String agentsOwn) {
    for (List<String> path : paths(agentsOwn)) {
      for (int i = path.size() - 1; i >= 0; i--) {
        if (ALL_PODS.matcher(path.get(i)).matches()) {
          return new PodCgroups(path.subList(0, i));
        }
      }
    }
    return new PodCgroups(List.of());
  }

  /** The UID of the pod that a process with these control groups is in. */
  Optional<String> podUid(String cgroups) {
    Set<String> found =
        paths(cgroups).stream()
            .flatMap(path -> pod(path).stream())
            .collect(Collectors.toUnmodifiableSet());
    return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
  }

  /** The paths, one list of names for each hierarchy. */
  private static List<List<String>> paths(String cgroups) {
    return cgroups
        .lines()
        .map(line -> line.split(":", 3))
        .filter(fields -> fields.length == 3)
        .map(fields -> Arrays.stream(fields[2].split("/")).filter(n -> !n.isEmpty()).toList())
        .toList();
  }

  private Optional<String> pod(List<String> path) {
    int at = start(path);
    for (int skipped = 0; at >= 0 && at < path.size() && skipped < 3; at++, skipped++) {
      String name = path.get(at);
      Matcher pod = POD.matcher(name);
      if (pod.matches()) {
        return Optional.of(uid(pod.group(1)));
      }
      if (!ALL_PODS.matcher(name).matches() && !CLASS.matcher(name).matches()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Where the node's pods begin: below the root that the agent's own pod has, which may itself lead
   * up where the node is a container with a namespace of its own. Another path that leads up first
   * is seen from inside the agent's control group namespace, and what is common to both processes
   * is left out of it.
   */
  private int start(List<String> path) {
    if (!root.isEmpty() && path.size() > root.size() && path.subList(0, root.size()).equals(root)) {
      return root.size();
    }
    int up = 0;
    while (up < path.size() && path.get(up).equals(ABOVE)) {
      up++;
    }
    if (up > 0) {
      return up;
    }
    if (!root.isEmpty()) {
      return -1;
    }
    for (int i = 0; i < path.size(); i++) {
      if (ALL_PODS.matcher(path.get(i)).matches()) {
        return i;
      }
    }
    return -1;
  }

  /** As Kubernetes writes it: systemd's names cannot hold a dash that is not a level. */
  private static String uid(String name) {
    return name.replace('_', '-');
  }
}
