package dev.barevirt.control.admission;

import dev.barevirt.api.rules.ClusterSettings;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.util.Optional;

/** What hooks ask about the cluster beside what is in the write. */
public interface Cluster {
  /** What the installation's configuration decides. */
  ClusterSettings settings();

  /** An instance as it is now. */
  Optional<VirtualMachineInstance> instance(String namespace, String name);

  /** Whether there is an installation already. */
  boolean hasInstallation();

  /** Whether there is an installation that is not being removed. */
  boolean isInstalled();

  /** A pod that runs an instance's launcher. */
  Optional<Launcher> launcher(String namespace, String pod);

  /**
   * Notes that an instance shall leave the node it is on.
   *
   * @param vmi the instance as it is now
   */
  void evacuate(VirtualMachineInstance vmi);

  /**
   * A pod that runs an instance's launcher.
   *
   * @param instance the UID of the instance
   * @param name the name of the instance
   * @param node the node it is on; empty before it has one
   * @param hasEnded whether it has run
   */
  record Launcher(String instance, String name, String node, boolean hasEnded) {}

  /** Whether there are machines, instances or numbers of like instances. */
  boolean hasWorkloads();
}
