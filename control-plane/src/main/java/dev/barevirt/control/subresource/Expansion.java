package dev.barevirt.control.subresource;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows machines with what their instance type and preference add. There are none of these yet, so
 * a machine that names none is whole as it is, and one that does is refused.
 */
final class Expansion {
  private final Machines machines;

  Expansion(Machines machines) {
    this.machines = machines;
  }

  /** A machine of the cluster. */
  Answer.Whole stored(Target target) {
    VirtualMachine machine =
        machines.machine(target).orElseThrow(() -> Refusal.notFound(target).exception());
    refuseTypes(machine, "expand-spec");
    return json(target.namespace(), RecordWriter.plain(machine));
  }

  /** A machine that is in the request and need not be in the cluster. */
  Answer.Whole given(String namespace, Payload body) {
    if (body.isBlank()) {
      throw Refusal.badRequest("empty request body").exception();
    }
    VirtualMachine machine = machine(body);
    if (machine.kind() != null && !machine.kind().equals("VirtualMachine")) {
      throw notAMachine(List.of());
    }
    String own = machine.metadata().namespace();
    if (own != null && !own.isEmpty() && !own.equals(namespace)) {
      throw Refusal.badRequest("VM namespace must be empty or " + namespace).exception();
    }
    refuseTypes(machine, "expand-vm-spec");
    return json(namespace, RecordWriter.plain(machine));
  }

  private static VirtualMachine machine(Payload body) {
    Reading<VirtualMachine> reading =
        switch (Options.tree(body)) {
          case Reading.Accepted<Tree>(Tree tree) ->
              RecordReader.STRICT.read(VirtualMachine.class, tree);
          case Reading.Refused<Tree>(List<Violation> violations) ->
              new Reading.Refused<>(violations);
        };
    return switch (reading) {
      case Reading.Accepted<VirtualMachine>(VirtualMachine read) -> read;
      case Reading.Refused<VirtualMachine>(List<Violation> violations) ->
          throw notAMachine(violations);
    };
  }

  private static RefusedException notAMachine(List<Violation> violations) {
    return Refusal.badRequest("Object is not a valid VirtualMachine")
        .because(violations)
        .exception();
  }

  private static void refuseTypes(VirtualMachine machine, String verb) {
    if (machine.spec().instancetype() != null || machine.spec().preference() != null) {
      throw Refusal.notBuilt(verb + " of a machine that names an instancetype or a preference")
          .exception();
    }
  }

  /** Clients decode what comes back by its kind. */
  private static Answer.Whole json(String namespace, Map<String, Object> machine) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("apiVersion", "kubevirt.io/v1");
    whole.put("kind", "VirtualMachine");
    machine.forEach(whole::putIfAbsent);
    if (whole.get("metadata") instanceof Map<?, ?> metadata) {
      Map<Object, Object> placed = new LinkedHashMap<>(metadata);
      placed.put("namespace", namespace);
      whole.put("metadata", placed);
    }
    return Answer.json(200, RecordWriter.toJson(whole));
  }
}
