package dev.barevirt.agent.vmi;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.domain.Cpu;
import dev.barevirt.api.v1.domain.CpuTopology;
import dev.barevirt.api.v1.domain.Machine;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.GuestOsInfo;
import dev.barevirt.api.v1.status.MemoryStatus;
import dev.barevirt.api.v1.status.PhaseTransitionTimestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the node's part of an instance's status from what is known about it. */
final class VmiStatusProjector {
  private static final String TRUE = "True";
  private static final String FALSE = "False";
  private static final String FROZEN = "frozen";

  private VmiStatusProjector() {}

  /** The status that holds; equal to the present one when nothing changed. */
  static OwnedStatus project(Observed seen, Instant now) {
    OwnedStatus present = present(seen);
    if (!seen.isOurs() || seen.phase().isFinal()) {
      return present;
    }
    VmiPhase phase = phase(seen);
    String reason = phase == VmiPhase.FAILED ? failure(seen) : null;
    List<Condition> current = conditions(seen, phase);
    List<Condition> conditions =
        Conditions.merge(kept(present.conditions(), current), current, now);
    if (phase == VmiPhase.SCHEDULED) {
      return new OwnedStatus(
          phase.wireName(),
          reason,
          present.phaseTransitionTimestamps(),
          conditions,
          present.interfaces(),
          present.guestOSInfo(),
          present.fsFreezeStatus(),
          present.machine(),
          present.currentCPUTopology(),
          present.memory());
    }
    return new OwnedStatus(
        phase.wireName(),
        reason,
        transitions(present, phase, now),
        conditions,
        phase == VmiPhase.RUNNING ? InterfaceStatuses.of(seen) : present.interfaces(),
        guestOs(seen, present),
        agent(seen).frozen() ? FROZEN : null,
        machine(seen, present),
        topology(seen.vmi()),
        memory(seen.vmi()));
  }

  /**
   * What the status has now of what the node writes. The controller's word about readiness stands
   * until the node has one of its own.
   */
  static OwnedStatus present(Observed seen) {
    return OwnedStatus.of(seen.status(), phase(seen) != VmiPhase.SCHEDULED);
  }

  private static VmiPhase phase(Observed seen) {
    VmiPhase present = seen.phase();
    GuestPhase guest = seen.guest();
    if (guest != null && guest != GuestPhase.IDLE && guest != GuestPhase.STARTING) {
      return switch (guest) {
        case RUNNING, PAUSED, STOPPING -> VmiPhase.RUNNING;
        case SUCCEEDED -> VmiPhase.SUCCEEDED;
        case FAILED -> VmiPhase.FAILED;
        case IDLE, STARTING -> present;
      };
    }
    PodFacts pod = seen.pod();
    if (pod == null) {
      return seen.isBeingDeleted() ? VmiPhase.SUCCEEDED : VmiPhase.FAILED;
    }
    return switch (pod.state()) {
      case SUCCEEDED -> VmiPhase.SUCCEEDED;
      case FAILED -> VmiPhase.FAILED;
      case PENDING, RUNNING -> {
        boolean neverBegan = guest == GuestPhase.IDLE && present == VmiPhase.SCHEDULED;
        yield seen.isBeingDeleted() && neverBegan ? VmiPhase.SUCCEEDED : present;
      }
    };
  }

  private static String failure(Observed seen) {
    GuestReport report = seen.report();
    GuestReason reason = report == null ? null : report.reason();
    if (reason != null) {
      return camelCase(reason);
    }
    return seen.pod() == null ? "PodNotExists" : "LauncherFailed";
  }

  private static String camelCase(Enum<?> word) {
    StringBuilder name = new StringBuilder();
    for (String part : word.name().split("_", -1)) {
      name.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  private static List<PhaseTransitionTimestamp> transitions(
      OwnedStatus present, VmiPhase phase, Instant now) {
    if (phase.wireName().equals(present.phase())) {
      return present.phaseTransitionTimestamps();
    }
    List<PhaseTransitionTimestamp> all = new ArrayList<>(present.phaseTransitionTimestamps());
    all.add(new PhaseTransitionTimestamp(phase.wireName(), now));
    return all;
  }

  /** The present conditions without those that no longer apply. */
  private static List<Condition> kept(List<Condition> present, List<Condition> current) {
    return present.stream()
        .filter(condition -> Conditions.find(current, condition.type()).isPresent())
        .toList();
  }

  private static List<Condition> conditions(Observed seen, VmiPhase phase) {
    List<Condition> all = new ArrayList<>();
    if (phase != VmiPhase.SCHEDULED) {
      all.add(ready(seen, phase));
    }
    Observed.Refusal refusal = seen.refusal();
    if (refusal != null) {
      all.add(
          condition(OwnedStatus.SYNCHRONIZED, FALSE)
              .withReason(refusal.reason())
              .withMessage(refusal.message()));
    }
    if (phase == VmiPhase.RUNNING) {
      if (seen.guest() == GuestPhase.PAUSED) {
        all.add(paused(seen.report()));
      }
      if (agent(seen).connected()) {
        all.add(condition(OwnedStatus.AGENT_CONNECTED, TRUE));
      }
      all.add(unbuilt(OwnedStatus.LIVE_MIGRATABLE, "live migration"));
      all.add(unbuilt(OwnedStatus.STORAGE_LIVE_MIGRATABLE, "migration of storage"));
    }
    return all;
  }

  private static Condition ready(Observed seen, VmiPhase phase) {
    PodFacts pod = seen.pod();
    if (pod == null) {
      return notReady("PodNotExists", "the launcher's pod is gone");
    }
    if (pod.terminating()) {
      return notReady("PodTerminating", "the launcher's pod is being deleted");
    }
    if (phase != VmiPhase.RUNNING) {
      return notReady("GuestNotRunning", "the guest has ended");
    }
    GuestReport report = seen.report();
    if (report == null) {
      // A launcher that is about to dial again says nothing about its guest.
      return Conditions.find(seen.status().conditions(), OwnedStatus.READY)
          .orElseGet(() -> notReady("GuestNotRunning", "the launcher is not connected"));
    }
    if (report.phase() != GuestPhase.RUNNING) {
      return notReady("GuestNotRunning", "the guest's processors do not run");
    }
    // The controller owns what it has said of Ready; only other words, even none, take its place.
    return pod.containersReady()
        ? condition(OwnedStatus.READY, TRUE).withReason("").withMessage("")
        : notReady("ContainersNotReady", "the launcher's container is not ready");
  }

  private static Condition notReady(String reason, String message) {
    return condition(OwnedStatus.READY, FALSE).withReason(reason).withMessage(message);
  }

  private static Condition paused(@Nullable GuestReport report) {
    boolean storage = report != null && report.reason() == GuestReason.IO_ERROR;
    return condition(OwnedStatus.PAUSED, TRUE)
        .withReason(storage ? "PausedIOError" : "PausedByUser")
        .withMessage(
            storage
                ? "a disk request failed, and the guest waits until the cause is mended"
                : "the guest was paused by a user");
  }

  private static Condition unbuilt(String type, String what) {
    return condition(type, FALSE)
        .withReason("NotMigratable")
        .withMessage(what + " is not supported by this version");
  }

  private static Condition condition(String type, String status) {
    return new Condition(type, status, null, null, null, null);
  }

  private static AgentReport agent(Observed seen) {
    GuestReport report = seen.report();
    return report == null || report.agent() == null ? AgentReport.ABSENT : report.agent();
  }

  private static @Nullable GuestOsInfo guestOs(Observed seen, OwnedStatus present) {
    AgentReport.Os os = agent(seen).os();
    return os == null
        ? present.guestOSInfo()
        : new GuestOsInfo(
            os.name(),
            os.kernelRelease(),
            os.version(),
            prettyName(os),
            os.versionId(),
            os.kernelVersion(),
            os.machine(),
            os.id());
  }

  private static @Nullable String prettyName(AgentReport.Os os) {
    return os.name() == null || os.version() == null ? os.name() : os.name() + " " + os.version();
  }

  private static @Nullable Machine machine(Observed seen, OwnedStatus present) {
    GuestReport report = seen.report();
    String type = report == null || report.qemu() == null ? null : report.qemu().machineType();
    return type == null ? present.machine() : new Machine(type);
  }

  private static @Nullable CpuTopology topology(VirtualMachineInstance vmi) {
    Cpu cpu = vmi.spec().domain().cpu();
    return cpu == null ? null : new CpuTopology(cpu.cores(), cpu.sockets(), cpu.threads());
  }

  private static @Nullable MemoryStatus memory(VirtualMachineInstance vmi) {
    var memory = vmi.spec().domain().memory();
    var resources = vmi.spec().domain().resources();
    Quantity guest =
        memory != null && memory.guest() != null
            ? memory.guest()
            : resources == null ? null : resources.requests().get("memory");
    return guest == null ? null : new MemoryStatus(guest, guest, guest, null);
  }
}
