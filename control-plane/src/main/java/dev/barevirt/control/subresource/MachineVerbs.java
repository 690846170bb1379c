package dev.barevirt.control.subresource;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceTemplateSpec;
import dev.barevirt.api.v1.status.StateChangeRequest;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.Payload;
import dev.barevirt.control.patch.JsonPatch;
import dev.barevirt.control.subresource.Machines.Part;
import dev.barevirt.control.subresource.Machines.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts, stops and restarts machines: says so in the machine, for its controller to do it. */
final class MachineVerbs {
  private static final String GRACE = "/spec/terminationGracePeriodSeconds";
  private static final String REQUESTS = "/status/stateChangeRequests";

  private final Machines machines;

  MachineVerbs(Machines machines) {
    this.machines = machines;
  }

  Answer.Whole start(Target target, Payload body) {
    Options.Start options = Options.read(Options.Start.class, body);
    VirtualMachine vm = machine(target);
    Optional<VirtualMachineInstance> vmi = instance(target);
    if (vmi.filter(MachineVerbs::isUnderWay).isPresent()) {
      throw Refusal.conflict(target, "VM is already running").exception();
    }
    if (needsRecovery(vm)) {
      throw Refusal.conflict(
              target, "VM recovery required: a volume migration did not end, see its conditions")
          .exception();
    }
    String strategy = strategy(vm);
    switch (strategy) {
      case "Halted" -> {
        if (options.paused() && !startsPaused(vm)) {
          request(target, vm, List.of(starting(options)), options.run());
        } else {
          run(target, vm, true, options.run());
        }
      }
      case "Manual", "RerunOnFailure" -> startByRequest(target, vm, strategy, vmi, options);
      default ->
          throw Refusal.conflict(target, strategy + " does not support manual start requests")
              .exception();
    }
    return Answer.empty(202);
  }

  private void startByRequest(
      Target target,
      VirtualMachine vm,
      String strategy,
      Optional<VirtualMachineInstance> vmi,
      Options.Start options) {
    List<StateChangeRequest> requests = new ArrayList<>();
    if (vmi.isPresent()) {
      VmiPhase phase = phase(vmi.get());
      boolean manual = strategy.equals("Manual");
      if (!manual && phase == VmiPhase.FAILED) {
        throw Refusal.conflict(
                target, "RerunOnFailure does not support starting VM from failed state")
            .exception();
      }
      if (phase == VmiPhase.SUCCEEDED || (manual && phase == VmiPhase.FAILED)) {
        requests.add(stopping(vmi.get()));
      }
    }
    requests.add(starting(options));
    request(target, vm, requests, options.run());
  }

  Answer.Whole stop(Target target, Payload body) {
    Options.Stop options = Options.read(Options.Stop.class, body);
    VirtualMachine vm = machine(target);
    Optional<VirtualMachineInstance> vmi =
        instance(target).filter(found -> !phase(found).isFinal());
    String strategy = strategy(vm);
    boolean onRequest =
        switch (strategy) {
          case "Halted", "Manual", "RerunOnFailure" -> true;
          default -> false;
        };
    if (onRequest && vmi.isEmpty()) {
      throw Refusal.conflict(target, "VM is not running").exception();
    }
    if (strategy.equals("Halted") && !isShorter(options.gracePeriod(), vmi)) {
      throw Refusal.conflict(
              target, "Halted only supports manual stop requests with a shorter graceperiod")
          .exception();
    }
    if (options.gracePeriod() != null && vmi.isPresent()) {
      grace(target, vmi.get(), options.gracePeriod(), options.run());
    }
    if (onRequest) {
      request(target, vm, List.of(stopping(vmi.orElseThrow())), options.run());
    } else {
      run(target, vm, false, options.run());
    }
    return Answer.empty(202);
  }

  private static boolean isShorter(@Nullable Long wanted, Optional<VirtualMachineInstance> vmi) {
    Long now = vmi.map(found -> found.spec().terminationGracePeriodSeconds()).orElse(null);
    return wanted != null && (now == null || wanted < now);
  }

  Answer.Whole restart(Target target, Payload body) {
    Options.Restart options = Options.read(Options.Restart.class, body);
    Long wanted = options.gracePeriodSeconds();
    if (wanted != null && wanted > 0) {
      throw Refusal.badRequest("For force restart, only gracePeriod=0 is supported for now")
          .exception();
    }
    if (wanted != null && wanted < 0) {
      throw Refusal.badRequest("gracePeriod has to be greater or equal to 0").exception();
    }
    VirtualMachine vm = machine(target);
    String strategy = strategy(vm);
    if (strategy.equals("Halted") || strategy.equals("Once")) {
      throw Refusal.conflict(
              target, "RunStategy " + strategy + " does not support manual restart requests")
          .exception();
    }
    VirtualMachineInstance vmi =
        instance(target)
            .orElseThrow(() -> Refusal.conflict(target, "VM is not running: Halted").exception());
    StateChangeRequest start = new StateChangeRequest("Start", Map.of(), null);
    if (wanted == null) {
      request(target, vm, List.of(stopping(vmi), start), options.run());
      return Answer.empty(202);
    }
    // A pod whose grace period is zero is forgotten before it is gone, so it gets a second.
    grace(target, vmi, 1, options.run());
    try {
      request(target, vm, List.of(stopping(vmi), start), options.run());
    } catch (RefusedException e) {
      restoreGrace(target, vmi, options.run());
      throw e;
    }
    return Answer.empty(202);
  }

  private void grace(Target target, VirtualMachineInstance vmi, long seconds, Run run) {
    JsonPatch patch =
        new JsonPatch().test(GRACE, vmi.spec().terminationGracePeriodSeconds()).add(GRACE, seconds);
    machines.patch(target.as(Target.Kind.INSTANCE), Part.OBJECT, patch, run);
  }

  private void restoreGrace(Target target, VirtualMachineInstance vmi, Run run) {
    Long before = vmi.spec().terminationGracePeriodSeconds();
    JsonPatch patch = new JsonPatch().test(GRACE, 1L);
    if (before == null) {
      patch.remove(GRACE);
    } else {
      patch.add(GRACE, before);
    }
    machines.patch(target.as(Target.Kind.INSTANCE), Part.OBJECT, patch, run);
  }

  /** Asks the controller for starts and stops; only one such request may be under way. */
  private void request(
      Target target, VirtualMachine vm, List<StateChangeRequest> requests, Run run) {
    List<Map<String, Object>> wanted = requests.stream().map(RecordWriter::plain).toList();
    JsonPatch patch = new JsonPatch();
    if (vm.status() == null) {
      patch.test("/status", null).add("/status", Map.of("stateChangeRequests", wanted));
    } else if (vm.status().stateChangeRequests().isEmpty()) {
      patch.test(REQUESTS, null).add(REQUESTS, wanted);
    } else {
      throw Refusal.conflict(target, "unable to complete request: stop/start already underway")
          .exception();
    }
    machines.patch(target, Part.STATUS, patch, run);
  }

  private void run(Target target, VirtualMachine vm, boolean running, Run run) {
    JsonPatch patch = new JsonPatch();
    if (vm.spec().runStrategy() == null) {
      patch.test("/spec/running", vm.spec().running()).add("/spec/running", running);
    } else {
      patch
          .test("/spec/runStrategy", vm.spec().runStrategy())
          .add("/spec/runStrategy", running ? "Always" : "Halted");
    }
    machines.patch(target, Part.OBJECT, patch, run);
  }

  private VirtualMachine machine(Target target) {
    return machines.machine(target).orElseThrow(() -> Refusal.notFound(target).exception());
  }

  private Optional<VirtualMachineInstance> instance(Target target) {
    return machines.instance(target.as(Target.Kind.INSTANCE));
  }

  private static StateChangeRequest starting(Options.Start options) {
    return new StateChangeRequest(
        "Start", options.paused() ? Map.of("paused", "true") : Map.of(), null);
  }

  private static StateChangeRequest stopping(VirtualMachineInstance vmi) {
    return new StateChangeRequest("Stop", Map.of(), vmi.metadata().uid());
  }

  private static String strategy(VirtualMachine vm) {
    if (vm.spec().runStrategy() != null) {
      return vm.spec().runStrategy();
    }
    return Boolean.TRUE.equals(vm.spec().running()) ? "Always" : "Halted";
  }

  private static boolean startsPaused(VirtualMachine vm) {
    VirtualMachineInstanceTemplateSpec template = vm.spec().template();
    return template != null && Objects.equals(template.spec().startStrategy(), "Paused");
  }

  private static boolean needsRecovery(VirtualMachine vm) {
    return vm.status() != null
        && Conditions.isTrue(vm.status().conditions(), "ManualRecoveryRequired");
  }

  private static boolean isUnderWay(VirtualMachineInstance vmi) {
    VmiPhase phase = phase(vmi);
    return !phase.isFinal() && phase != VmiPhase.UNSET && phase != VmiPhase.UNKNOWN;
  }

  private static VmiPhase phase(VirtualMachineInstance vmi) {
    return vmi.status() == null
        ? VmiPhase.UNSET
        : VmiPhase.of(vmi.status().phase()).orElse(VmiPhase.UNKNOWN);
  }
}
