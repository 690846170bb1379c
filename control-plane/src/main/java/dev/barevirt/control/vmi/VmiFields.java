package dev.barevirt.control.vmi;

import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.MemoryStatus;
import dev.barevirt.api.v1.status.PhaseTransitionTimestamp;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an instance that are the controller's. A field that it does not have is left out of
 * what it applies, which takes it away where nobody else has it.
 *
 * @param node the node's label; absent until a node has the instance
 * @param finalizer whether the instance stays until the controller agrees
 * @param life the phase; absent when it is a node's
 * @param status all else
 */
record VmiFields(
    @Nullable String node,
    boolean finalizer,
    @Nullable Life life,
    VirtualMachineInstanceStatus status) {
  static final String READY = "Ready";
  static final String POD_SCHEDULED = "PodScheduled";
  static final String SYNCHRONIZED = "Synchronized";
  private static final Set<String> BEFORE_NODE = Set.of(READY, POD_SCHEDULED, SYNCHRONIZED);
  private static final Set<String> ON_NODE = Set.of(READY, POD_SCHEDULED);
  private static final Set<String> RUNNING = Set.of(POD_SCHEDULED);

  /** The phase and how it came to it. */
  record Life(
      VmiPhase phase, List<PhaseTransitionTimestamp> transitions, @Nullable String reason) {}

  /** The same fields as they stand in the object. */
  static VmiFields in(VmiFacts facts) {
    VirtualMachineInstance vmi = facts.vmi();
    VirtualMachineInstanceStatus status = facts.status();
    return new VmiFields(
        vmi.metadata().labels().get(VmiNames.NODE_LABEL),
        vmi.metadata().finalizers().contains(VmiNames.FINALIZER),
        ownsLife(facts.phase())
            ? new Life(facts.phase(), status.phaseTransitionTimestamps(), status.reason())
            : null,
        status(
            status,
            status.conditions().stream()
                .filter(
                    condition ->
                        owned(facts.isHandedOver(), facts.phase()).contains(condition.type()))
                .toList()));
  }

  /** A node's phases are those between the hand-over and the end. */
  static boolean ownsLife(VmiPhase phase) {
    return switch (phase) {
      case UNSET, PENDING, SCHEDULING, SCHEDULED, SUCCEEDED, FAILED -> true;
      case RUNNING, WAITING_FOR_SYNC, UNKNOWN -> false;
    };
  }

  /** The types of the controller's conditions; a node tells whether a running guest is ready. */
  static Set<String> owned(boolean isHandedOver, VmiPhase phase) {
    if (!ownsLife(phase)) {
      return RUNNING;
    }
    return isHandedOver ? ON_NODE : BEFORE_NODE;
  }

  /** The controller's part of a status, with conditions. */
  private static VirtualMachineInstanceStatus status(
      VirtualMachineInstanceStatus of, List<Condition> conditions) {
    return new Own(of)
        .with(
            of.nodeName(),
            of.activePods(),
            conditions,
            Optional.ofNullable(of.memory()).map(MemoryStatus::memoryOverhead).orElse(null));
  }

  /** Makes a status of the controller's fields alone. */
  record Own(VirtualMachineInstanceStatus of) {
    VirtualMachineInstanceStatus with(
        @Nullable String nodeName,
        Map<String, String> activePods,
        List<Condition> conditions,
        @Nullable Quantity overhead) {
      return new VirtualMachineInstanceStatus(
          nodeName,
          null,
          conditions,
          null,
          List.of(),
          List.of(),
          null,
          null,
          null,
          null,
          of.qosClass(),
          of.launcherContainerImageVersion(),
          null,
          activePods,
          List.of(),
          null,
          null,
          null,
          of.virtualMachineRevisionName(),
          of.runtimeUser(),
          null,
          null,
          null,
          null,
          overhead == null ? null : new MemoryStatus(null, null, null, overhead),
          List.of(),
          null);
    }
  }

  /** The fields as they are applied. */
  Map<String, Object> applied() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (node != null) {
      metadata.put("labels", Map.of(VmiNames.NODE_LABEL, node));
    }
    if (finalizer) {
      metadata.put("finalizers", List.of(VmiNames.FINALIZER));
    }
    Map<String, Object> all = new LinkedHashMap<>(RecordWriter.plain(status));
    if (life != null) {
      all.put("phase", life.phase().wireName());
      all.put(
          "phaseTransitionTimestamps",
          life.transitions().stream().map(RecordWriter::plain).toList());
      if (life.reason() != null) {
        all.put("reason", life.reason());
      }
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("metadata", metadata);
    fields.put("status", all);
    return fields;
  }
}
