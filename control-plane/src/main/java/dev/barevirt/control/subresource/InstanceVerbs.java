package dev.barevirt.control.subresource;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.rules.InstallationRules;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.source.Probe;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is done with a running instance by the agent of its node, when it is fit for it. */
final class InstanceVerbs {
  private static final Duration THAWED_AFTER = Duration.ofMinutes(5);
  private static final Duration LONGEST_FREEZE = Duration.ofDays(365);

  private final Machines machines;
  private final NodeAgents agents;

  InstanceVerbs(Machines machines, NodeAgents agents) {
    this.machines = machines;
    this.agents = agents;
  }

  Answer pause(Target target, Payload body) {
    VirtualMachineInstance vmi = running(target, "VM is not running");
    Probe probe = vmi.spec().livenessProbe();
    if (probe != null && probe.guestAgentPing() == null) {
      throw Refusal.forbidden(
              target, "Pausing VMIs with a non-GuestAgentPing LivenessProbe is not supported")
          .exception();
    }
    if (is(vmi, "Paused")) {
      throw Refusal.conflict(target, "VMI is already paused").exception();
    }
    return change(vmi, "pause", body);
  }

  Answer unpause(Target target, Payload body) {
    VirtualMachineInstance vmi = running(target, "VMI is not running");
    if (!is(vmi, "Paused")) {
      throw Refusal.conflict(target, "VMI is not paused").exception();
    }
    boolean snapshot =
        machines
            .machine(target.as(Target.Kind.MACHINE))
            .map(VirtualMachine::status)
            .filter(status -> status.snapshotInProgress() != null)
            .isPresent();
    if (snapshot) {
      throw Refusal.conflict(target, "VM snapshot is in progress").exception();
    }
    return change(vmi, "unpause", body);
  }

  /** A guest that nobody thaws in time is thawed by its launcher; never when the time is zero. */
  Answer freeze(Target target, Payload body) {
    Duration limit = limit(Options.read(Options.Freeze.class, body).unfreezeTimeout());
    VirtualMachineInstance vmi = running(target, "VM is not running");
    long seconds = limit.plusNanos(999_999_999).toSeconds();
    return reached(
        agents.call(
            vmi,
            "PUT",
            limit.isZero() ? "freeze" : "freeze?thawAfterSeconds=" + seconds,
            Payload.EMPTY));
  }

  private static Duration limit(@Nullable String written) {
    if (written == null) {
      return THAWED_AFTER;
    }
    return InstallationRules.parse(written)
        .filter(limit -> limit.compareTo(LONGEST_FREEZE) <= 0)
        .orElseThrow(
            () ->
                Refusal.badRequest(
                        "Can not unmarshal Request body to struct, error: unfreezeTimeout: "
                            + written
                            + " is not a duration such as 5m0s")
                    .exception());
  }

  Answer unfreeze(Target target) {
    VirtualMachineInstance vmi = running(target, "VM is not running");
    return reached(agents.call(vmi, "PUT", "unfreeze", Payload.EMPTY));
  }

  Answer reset(Target target) {
    VirtualMachineInstance vmi = instance(target);
    if (phase(vmi) != VmiPhase.RUNNING) {
      throw Refusal.conflict(
              target,
              "Failed to reset non-running VMI with phase "
                  + phase(vmi).wireName()
                  + ": VMI is not running")
          .exception();
    }
    return reached(agents.call(vmi, "PUT", "reset", Payload.EMPTY));
  }

  Answer softreboot(Target target) {
    VirtualMachineInstance vmi = running(target, "VM is not running");
    if (is(vmi, "Paused")) {
      throw Refusal.conflict(target, "VMI is paused").exception();
    }
    var features = vmi.spec().domain().features();
    boolean acpi =
        features != null
            && features.acpi() != null
            && !Boolean.FALSE.equals(features.acpi().enabled());
    if (!is(vmi, "AgentConnected") && !acpi) {
      throw Refusal.conflict(
              target, "VMI neither have the agent connected nor the ACPI feature enabled")
          .exception();
    }
    return reached(agents.call(vmi, "PUT", "softreboot", Payload.EMPTY));
  }

  /** What the guest's agent knows. */
  Answer guestFacts(Target target, String verb) {
    VirtualMachineInstance vmi = running(target, "VMI is not running");
    if (!is(vmi, "AgentConnected")) {
      throw Refusal.conflict(target, "VMI does not have guest agent connected").exception();
    }
    return agents.call(vmi, "GET", verb, Payload.EMPTY);
  }

  Answer screenshot(Target target, Query query) {
    VirtualMachineInstance vmi = instance(target);
    graphics(vmi);
    if (phase(vmi) != VmiPhase.RUNNING) {
      throw Refusal.badRequest("VMI is not running").exception();
    }
    String lit = query.passingOn("moveCursor");
    return agents.call(vmi, "GET", "screenshot" + (lit.isEmpty() ? "" : "?" + lit), Payload.EMPTY);
  }

  /** Demands a screen. */
  static void graphics(VirtualMachineInstance vmi) {
    if (Boolean.FALSE.equals(vmi.spec().domain().devices().autoattachGraphicsDevice())) {
      throw Refusal.badRequest("No graphics devices are present.").exception();
    }
  }

  private Answer change(VirtualMachineInstance vmi, String verb, Payload body) {
    Options.Plain options = Options.read(Options.Plain.class, body);
    return switch (options.run()) {
      case DRY -> Answer.empty(200);
      case REAL -> reached(agents.call(vmi, "PUT", verb, body));
    };
  }

  /** Clients read nothing but the code when it was done. */
  private static Answer reached(Answer.Whole answer) {
    return answer.code() < 300 ? Answer.empty(200) : answer;
  }

  private VirtualMachineInstance running(Target target, String otherwise) {
    VirtualMachineInstance vmi = instance(target);
    if (phase(vmi) != VmiPhase.RUNNING) {
      throw Refusal.conflict(target, otherwise).exception();
    }
    return vmi;
  }

  private VirtualMachineInstance instance(Target target) {
    return machines.instance(target).orElseThrow(() -> Refusal.notFound(target).exception());
  }

  static VmiPhase phase(VirtualMachineInstance vmi) {
    return vmi.status() == null
        ? VmiPhase.UNSET
        : VmiPhase.of(vmi.status().phase()).orElse(VmiPhase.UNKNOWN);
  }

  static boolean is(VirtualMachineInstance vmi, String condition) {
    List<Condition> conditions =
        Optional.ofNullable(vmi.status()).map(status -> status.conditions()).orElse(List.of());
    return Conditions.isTrue(conditions, condition);
  }
}
