package dev.barevirt.agent.vmi;

import dev.barevirt.agent.network.Connections;
import dev.barevirt.agent.network.NetworkException;
import dev.barevirt.agent.network.PodNetworks;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.time.Duration;
import java.util.List;

/** Does what was planned for a guest, with the launcher that runs it. */
final class GuestActs {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** A launcher prepares disks and spawns QEMU before it answers. */
  private static final Duration START = Duration.ofSeconds(60);

  private final PodNetworks networks;

  GuestActs(PodNetworks networks) {
    this.networks = networks;
  }

  /**
   * Connects a guest and has it started.
   *
   * @throws GuestCallException when it was refused or failed
   */
  void start(VirtualMachineInstance vmi, PodFacts pod, GuestLink link) throws InterruptedException {
    var _ = GuestRequests.of(vmi, List.of()); // refused before anything is made in the pod
    try (Connections connected = networks.connect(vmi, pod.uid(), pod.addresses())) {
      GuestRequest request = GuestRequests.of(vmi, connected.networks());
      if (!connected.descriptors().isEmpty()) {
        link.passDescriptors(connected.descriptors(), ANSWER);
      }
      var _ = link.call(new LauncherCommand.Sync(request), START);
    } catch (NetworkException e) {
      LauncherFault fault =
          switch (e.kind()) {
            case UNSUPPORTED -> LauncherFault.UNSUPPORTED;
            case FAILED -> LauncherFault.FAILED;
          };
      throw new GuestCallException(fault, String.valueOf(e.getMessage()), e);
    }
  }

  void shutdown(GuestLink link, long graceSeconds) throws InterruptedException {
    var _ = link.call(new LauncherCommand.Shutdown(graceSeconds), ANSWER);
  }

  void kill(GuestLink link, boolean force) throws InterruptedException {
    var _ = link.call(new LauncherCommand.Kill(force), ANSWER);
  }
}
