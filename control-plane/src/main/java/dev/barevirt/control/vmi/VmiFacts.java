package dev.barevirt.control.vmi;

import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import dev.barevirt.control.cluster.ClusterConfig;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known when it is decided about an instance.
 *
 * @param vmi the instance
 * @param pods the pods it owns, in the order they were made
 * @param claims what is known of the claims it names
 * @param config the installation's configuration
 * @param now the time
 */
record VmiFacts(
    VirtualMachineInstance vmi, List<Pod> pods, Claims claims, ClusterConfig config, Instant now) {

  /**
   * Claims for storage.
   *
   * @param missing those that do not exist
   * @param block those that are devices rather than file systems
   */
  record Claims(Set<String> missing, Set<String> block) {
    /** None are named. */
    static final Claims NONE = new Claims(Set.of(), Set.of());

    Claims {
      missing = Set.copyOf(missing);
      block = Set.copyOf(block);
    }
  }

  VmiFacts {
    pods = List.copyOf(pods);
  }

  /** The status, empty when there is none. */
  VirtualMachineInstanceStatus status() {
    return Optional.ofNullable(vmi.status()).orElse(VirtualMachineInstanceStatus.EMPTY);
  }

  /** The phase; one that is not known counts as unknown. */
  VmiPhase phase() {
    return VmiPhase.of(status().phase()).orElse(VmiPhase.UNKNOWN);
  }

  /** Whether a node has it, and says how it is. */
  boolean isHandedOver() {
    return vmi.metadata().labels().containsKey(VmiNames.NODE_LABEL);
  }

  /** Whether its deletion was asked for. */
  boolean isDeleted() {
    return vmi.metadata().deletionTimestamp() != null;
  }

  /** The pod that matters: the last one. */
  Optional<Pod> pod() {
    return pods.isEmpty() ? Optional.empty() : Optional.of(pods.getLast());
  }
}
