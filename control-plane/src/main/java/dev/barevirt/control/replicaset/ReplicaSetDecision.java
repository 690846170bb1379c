package dev.barevirt.control.replicaset;

import dev.barevirt.api.v1.VirtualMachineInstance;
import java.util.List;

/** What is to be done for a replica set now. Its status is reported in any case. */
sealed interface ReplicaSetDecision {
  /** Instances are made, and those that have ended are taken away. */
  record Change(int create, List<VirtualMachineInstance> delete) implements ReplicaSetDecision {}

  /** There are as many as there should be. */
  record Keep() implements ReplicaSetDecision {}

  /** Nothing is done until somebody says so. */
  record Paused() implements ReplicaSetDecision {}
}
