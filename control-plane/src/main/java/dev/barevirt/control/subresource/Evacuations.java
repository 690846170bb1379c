package dev.barevirt.control.subresource;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.Payload;
import dev.barevirt.control.patch.JsonPatch;
import dev.barevirt.control.subresource.Machines.Part;
import java.util.Optional;
import java.util.function.Predicate;

/** Takes back that an instance is asked to leave its node. */
final class Evacuations {
  private static final String NODE = "/status/evacuationNodeName";

  private final Machines machines;
  private final Predicate<String> draining;

  /**
   * Evacuations.
   *
   * @param draining whether a node carries the taint of one that is being drained
   */
  Evacuations(Machines machines, Predicate<String> draining) {
    this.machines = machines;
    this.draining = draining;
  }

  Answer.Whole cancel(Target target, Payload body) {
    if (body.isBlank()) {
      throw Refusal.badRequest("No body").exception();
    }
    Options.EvacuateCancel options = Options.read(Options.EvacuateCancel.class, body);
    String node = options.evacuationNodeName();
    if (node == null || node.isEmpty()) {
      throw Refusal.badRequest("evacuationNodeName must not be empty").exception();
    }
    VirtualMachineInstance vmi = instance(target);
    if (draining.test(node)) {
      throw Refusal.badRequest("node " + node + " still carries the drain taint: take it off first")
          .exception();
    }
    String leaving =
        Optional.ofNullable(vmi.status()).map(status -> status.evacuationNodeName()).orElse(null);
    if (leaving == null || leaving.isEmpty()) {
      return Answer.empty(200);
    }
    if (!leaving.equals(node)) {
      throw Refusal.conflict(target, "it leaves node " + leaving + ", not " + node).exception();
    }
    machines.patch(
        target.as(Target.Kind.INSTANCE),
        Part.OBJECT,
        new JsonPatch().test(NODE, node).remove(NODE),
        options.run());
    return Answer.empty(200);
  }

  private VirtualMachineInstance instance(Target target) {
    Target instance = target.as(Target.Kind.INSTANCE);
    if (target.kind() == Target.Kind.MACHINE && machines.machine(target).isEmpty()) {
      throw Refusal.notFound(target).exception();
    }
    return machines.instance(instance).orElseThrow(() -> Refusal.notFound(instance).exception());
  }
}
