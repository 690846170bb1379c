package dev.barevirt.agent.network;

import dev.barevirt.api.v1.VirtualMachineInstance;
import java.util.List;

/** Connects guests to their pods' networks. */
@FunctionalInterface
public interface PodNetworks {
  /**
   * Makes what the interfaces of an instance are connected to in its launcher's pod; what an
   * earlier attempt left there is replaced. The caller closes what it gets, or hands it on.
   *
   * @throws NetworkException when it cannot be made
   */
  Connections connect(VirtualMachineInstance vmi, String podUid, List<String> podAddresses)
      throws InterruptedException;
}
