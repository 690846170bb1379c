package dev.barevirt.launcher.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which file descriptor numbers QEMU inherits for which host resource, and the numbers of the fd
 * sets made of them. The numbers are decided before anything is opened, so that one command line
 * can be printed, compared and run.
 */
public final class FdTable {
  /** The first number after the standard streams. */
  public static final int FIRST = 3;

  private final Map<String, List<Integer>> fds = new LinkedHashMap<>();
  private final Map<String, Integer> sets = new LinkedHashMap<>();

  private FdTable() {}

  /** Numbers the descriptors of the resources in order, from {@code first} on. */
  public static FdTable assign(List<HostResource> resources, int first) {
    FdTable table = new FdTable();
    int next = first;
    for (HostResource resource : resources) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < resource.fdCount(); i++) {
        numbers.add(next++);
      }
      table.fds.put(resource.name(), List.copyOf(numbers));
      if (resource instanceof HostResource.FdSet) {
        table.sets.put(resource.name(), table.sets.size());
      }
    }
    return table;
  }

  /**
   * The numbers of a resource: an fd set's in the order of its modes, a tap's queues then vhosts.
   */
  public List<Integer> fds(HostResource resource) {
    List<Integer> numbers = fds.get(resource.name());
    if (numbers == null) {
      throw new IllegalArgumentException("no descriptors are numbered for " + resource.name());
    }
    return numbers;
  }

  /** The number of the fd set made of a resource. */
  public int set(HostResource.FdSet resource) {
    Integer number = sets.get(resource.name());
    if (number == null) {
      throw new IllegalArgumentException("no fd set is numbered for " + resource.name());
    }
    return number;
  }
}
