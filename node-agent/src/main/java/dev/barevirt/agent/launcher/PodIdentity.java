package dev.barevirt.agent.launcher;

import java.util.Optional;

/** Who a process is. What the process itself says of that is never asked. */
public interface PodIdentity {
  /**
   * The UID of the pod that a process runs in.
   *
   * @param pid a process of this node, in the agent's numbering
   * @return empty when it runs in no pod, and its connection is closed
   */
  Optional<String> podUidOf(int pid);

  /**
   * The instance that a pod runs: reports about any other are dropped.
   *
   * @return empty while that is not known, and then reports are taken for the pod's own
   */
  default Optional<GuestName> guestOf(String podUid) {
    return Optional.empty();
  }
}
