package dev.barevirt.launcher.qemu;

import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.launcher.machine.device.DeviceIds;
import dev.barevirt.qmp.command.SetLink;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes links of interfaces up and down as an instance says. QEMU makes every interface with its
 * link up and has no option for it.
 */
final class LinkStates {
  private final Monitor monitor;

  LinkStates(Monitor monitor) {
    this.monitor = monitor;
  }

  /**
   * Changes what differs.
   *
   * @param before the interfaces whose links are as they say; an interface that is new has its link
   *     up
   * @param now the interfaces as they are to be; QEMU has all of them
   */
  void follow(List<Interface> before, List<Interface> now) throws InterruptedException {
    Set<String> down =
        before.stream().filter(LinkStates::isDown).map(Interface::name).collect(Collectors.toSet());
    for (Interface one : now) {
      if (!"absent".equals(one.state()) && down.contains(one.name()) != isDown(one)) {
        String what = "set the link of " + one.name();
        monitor.ask(what, new SetLink(DeviceIds.nic(one.name()), !isDown(one)));
      }
    }
  }

  private static boolean isDown(Interface one) {
    return "down".equals(one.state());
  }
}
