package dev.barevirt.launcher.machine;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a command line or a monitor command names the host's resources. */
public sealed interface Dialect {
  /** By the descriptors that QEMU inherits when the launcher spawns it. */
  record Spawned(FdTable fds) implements Dialect {
    @Override
    public Properties members(HostResource resource) {
      List<Integer> numbers = fds.fds(resource);
      return switch (resource) {
        case HostResource.Listener _ -> Properties.of("fd", numbers.getFirst().toString());
        case HostResource.FdSet set -> Properties.of("filename", "/dev/fdset/" + fds.set(set));
        case HostResource.ReadableFile _ ->
            Properties.of("path", "/proc/self/fd/" + numbers.getFirst());
        case HostResource.DeviceNode node ->
            Properties.of(node.option(), numbers.getFirst().toString());
        case HostResource.Tap tap -> tap(tap, numbers.stream().map(String::valueOf).toList());
      };
    }
  }

  /** By paths and names, so that the line runs as pasted into a shell. */
  record Pasted() implements Dialect {
    @Override
    public Properties members(HostResource resource) {
      return switch (resource) {
        case HostResource.Listener listener -> Properties.of("path", listener.path());
        case HostResource.FdSet set -> Properties.of("filename", set.path());
        case HostResource.ReadableFile file -> Properties.of("path", file.path());
        case HostResource.DeviceNode _ -> Properties.none();
        case HostResource.Tap tap ->
            Properties.none()
                .with("ifname", tap.ifName() == null ? tap.name() : tap.ifName())
                .with("script", "no")
                .with("downscript", "no")
                .with("queues", tap.queues() > 1 ? (Long) (long) tap.queues() : null)
                .with("vhost", tap.vhost());
      };
    }
  }

  /**
   * By what the monitor was given before: fd sets by number ({@code add-fd}), other descriptors by
   * the resource's name, followed by {@code -0}, {@code -1}… where there are several ({@code
   * getfd}).
   *
   * @param sets the fd set of each {@link HostResource.FdSet}, by the resource's name
   */
  record Monitor(Map<String, Integer> sets) implements Dialect {
    /** Copies the numbers. */
    public Monitor {
      sets = Map.copyOf(sets);
    }

    /** The names under which a resource's descriptors are handed over with {@code getfd}. */
    public static List<String> names(HostResource resource) {
      if (resource.fdCount() == 1) {
        return List.of(resource.name());
      }
      return java.util.stream.IntStream.range(0, resource.fdCount())
          .mapToObj(i -> resource.name() + "-" + i)
          .toList();
    }

    @Override
    public Properties members(HostResource resource) {
      return switch (resource) {
        case HostResource.Listener listener -> Properties.of("fd", listener.name());
        case HostResource.FdSet set -> {
          Integer number = sets.get(set.name());
          if (number == null) {
            throw new IllegalArgumentException("no fd set is numbered for " + set.name());
          }
          yield Properties.of("filename", "/dev/fdset/" + number);
        }
        case HostResource.ReadableFile file -> Properties.of("path", file.path());
        case HostResource.DeviceNode node -> Properties.of(node.option(), node.name());
        case HostResource.Tap tap -> tap(tap, names(tap));
      };
    }
  }

  /** The members that give QEMU this resource. */
  Properties members(HostResource resource);

  private static Properties tap(HostResource.Tap tap, List<String> fds) {
    if (tap.queues() == 1) {
      return Properties.of("fd", fds.getFirst())
          .with("vhost", tap.vhost() ? Boolean.TRUE : null)
          .with("vhostfd", tap.vhost() ? fds.get(1) : null);
    }
    int queues = tap.queues();
    return Properties.of("fds", fds.stream().limit(queues).collect(Collectors.joining(":")))
        .with("vhost", tap.vhost() ? Boolean.TRUE : null)
        .with(
            "vhostfds",
            tap.vhost() ? fds.stream().skip(queues).collect(Collectors.joining(":")) : null);
  }
}
