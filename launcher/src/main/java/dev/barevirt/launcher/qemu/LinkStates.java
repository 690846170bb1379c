package dev.barevirt.launcher.qemu;

import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.launcher.machine.device.DeviceIds;
import dev.barevirt.qmp.command.SetLink;
import java.util.List;
import java.util.Optional;

/**
 * Takes links of interfaces up and down as an instance says. QEMU makes every interface with its
 * link up and has no option for it. A link is named by its host side: QEMU then changes the device
 * with it, while a device that is named leaves the host side as it was.
 */
final class LinkStates {
  private final Monitor monitor;

  LinkStates(Monitor monitor) {
    this.monitor = monitor;
  }

  /**
   * Changes the links that are to be otherwise than they were.
   *
   * @param before the interfaces whose links are as they say
   * @param now the same interfaces, and perhaps others, as they are to be
   */
  void follow(List<Interface> before, List<Interface> now) throws InterruptedException {
    for (Interface one : now) {
      Optional<Interface> was =
          before.stream().filter(other -> other.name().equals(one.name())).findFirst();
      boolean differs = was.isPresent() && isDown(was.get()) != isDown(one);
      if (differs && !"absent".equals(one.state())) {
        set(one.name(), !isDown(one));
      }
    }
  }

  /** Takes one link up or down. */
  void set(String network, boolean up) throws InterruptedException {
    monitor.ask("set the link of " + network, new SetLink(DeviceIds.netdev(network), up));
  }

  /** Takes links down by the ids of their host sides, with or without a device. */
  void takeDown(List<String> netdevs) throws InterruptedException {
    for (String netdev : netdevs) {
      monitor.ask("take " + netdev + " down", new SetLink(netdev, false));
    }
  }

  /** The host sides of links that are to be down. */
  static List<String> down(List<Interface> interfaces) {
    return interfaces.stream()
        .filter(LinkStates::isDown)
        .map(one -> DeviceIds.netdev(one.name()))
        .toList();
  }

  private static boolean isDown(Interface one) {
    return "down".equals(one.state());
  }
}
