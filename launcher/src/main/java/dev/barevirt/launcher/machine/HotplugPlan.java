package dev.barevirt.launcher.machine;

import java.util.List;

/**
 * How a running machine becomes another: first what is taken out, then what is put in.
 *
 * @param unplugs devices to take out
 * @param plugs devices to put in, in this order
 * @param pending what cannot change while the guest runs and waits for its next start, in words
 * @param after the machine once all is done
 */
public record HotplugPlan(
    List<Unplug> unplugs, List<Plug> plugs, List<String> pending, MachinePlan after) {
  /** Copies the lists. */
  public HotplugPlan {
    unplugs = List.copyOf(unplugs);
    plugs = List.copyOf(plugs);
    pending = List.copyOf(pending);
  }

  /**
   * A device to put in. Sidecars are started first, then backends are added in order, then the
   * device; when one fails, those before it are undone in reverse.
   *
   * @param sidecars programs that serve it
   * @param backends its host side
   * @param device the device
   */
  public record Plug(List<Sidecar> sidecars, List<Backend> backends, PlacedDevice device) {
    /** Copies the lists. */
    public Plug {
      sidecars = List.copyOf(sidecars);
      backends = List.copyOf(backends);
    }

    /** What the launcher must open and pass to QEMU before the backends are added. */
    public List<HostResource> resources() {
      return backends.stream()
          .flatMap(backend -> backend.properties().resources().stream())
          .distinct()
          .toList();
    }
  }

  /**
   * A device to take out. The guest must let go of it first; its host side goes after that, in this
   * order.
   *
   * @param deviceId the device
   * @param backends its host side, what uses a backend before the backend
   * @param sidecars programs that served it
   */
  public record Unplug(String deviceId, List<Backend> backends, List<Sidecar> sidecars) {
    /** Copies the lists. */
    public Unplug {
      backends = List.copyOf(backends);
      sidecars = List.copyOf(sidecars);
    }
  }
}
