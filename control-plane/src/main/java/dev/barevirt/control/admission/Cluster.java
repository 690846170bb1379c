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

  /** Whether there are machines, instances or numbers of like instances. */
  boolean hasWorkloads();
}
