package dev.barevirt.launcher.machine.device;

import java.util.Set;
import java.util.TreeSet;

/** Field paths, written short. */
final class FieldPaths {
  private FieldPaths() {}

  /** The paths below a struct. */
  static Set<String> under(String struct, String... fields) {
    Set<String> paths = new TreeSet<>();
    for (String field : fields) {
      paths.add(struct + "." + field);
    }
    return paths;
  }

  /** The paths of both. */
  static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> paths = new TreeSet<>(some);
    paths.addAll(others);
    return paths;
  }
}
