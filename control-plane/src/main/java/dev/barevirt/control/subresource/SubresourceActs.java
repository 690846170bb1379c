package dev.barevirt.control.subresource;

import dev.barevirt.api.rules.ClusterSettings.FeatureGate;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.HttpRequest;
import dev.barevirt.control.http.HttpRequest.Kind;
import dev.barevirt.control.http.Payload;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Has done what a request asks, by whom it concerns. */
final class SubresourceActs {
  private final MachineVerbs machines;
  private final InstanceVerbs instances;
  private final InstanceStreams streams;
  private final Expansion expansion;
  private final Evacuations evacuations;
  private final Supplier<Set<FeatureGate>> gates;

  /**
   * Acts.
   *
   * @param gates the gates that are open
   */
  SubresourceActs(
      MachineVerbs machines,
      InstanceVerbs instances,
      InstanceStreams streams,
      Expansion expansion,
      Evacuations evacuations,
      Supplier<Set<FeatureGate>> gates) {
    this.machines = machines;
    this.instances = instances;
    this.streams = streams;
    this.expansion = expansion;
    this.evacuations = evacuations;
    this.gates = gates;
  }

  /** Does it, when it is asked in the way that it is answered. */
  Answer act(HttpRequest request, SubresourcePath.InNamespace asked, Subresource subresource) {
    return misused(request, subresource)
        .<Answer>map(Refusal::answer)
        .orElseGet(
            () ->
                act(
                    subresource,
                    subresource.target(asked),
                    asked.verbs(),
                    new Query(request.query()),
                    request.body()));
  }

  private static Optional<Refusal> misused(HttpRequest request, Subresource subresource) {
    String method =
        switch (subresource.shape()) {
          case CHANGE -> "PUT";
          case READ, STREAM -> "GET";
          case NOT_BUILT -> request.method();
        };
    if (!request.method().equals(method)) {
      return Optional.of(Refusal.wrongMethod());
    }
    boolean plain = request.kind() != Kind.STREAM;
    return subresource.shape() == Subresource.Shape.STREAM && plain
        ? Optional.of(
            Refusal.badRequest(subresource.verb() + " is a stream: ask for it by websocket"))
        : Optional.empty();
  }

  private Answer act(
      Subresource subresource, Target target, List<String> verbs, Query query, Payload body) {
    return switch (subresource) {
      case START -> machines.start(target, body);
      case STOP -> machines.stop(target, body);
      case RESTART -> machines.restart(target, body);
      case EXPANDED_MACHINE -> expansion.stored(target);
      case EXPANDED_GIVEN -> expansion.given(target.namespace(), body);
      case EVACUATION, EVACUATION_OF_MACHINE -> evacuations.cancel(target, body);
      case GRAPH, GRAPH_OF_MACHINE -> graph();
      case CONSOLE -> streams.console(target);
      case SCREEN -> streams.vnc(target, query);
      case USB -> streams.usb(target);
      case VSOCK -> streams.vsock(target);
      case PORTS, PORTS_OF_MACHINE -> streams.portForward(target, verbs.subList(1, verbs.size()));
      case SCREENSHOT -> instances.screenshot(target, query);
      case PAUSE -> instances.pause(target, body);
      case UNPAUSE -> instances.unpause(target, body);
      case FREEZE -> instances.freeze(target, body);
      case UNFREEZE -> instances.unfreeze(target);
      case RESET -> instances.reset(target);
      case SOFT_REBOOT -> instances.softreboot(target);
      case GUEST_INFO, USERS, FILE_SYSTEMS -> instances.guestFacts(target, subresource.verb());
      case MIGRATE,
          ADD_VOLUME_TO_MACHINE,
          REMOVE_VOLUME_FROM_MACHINE,
          MEMORY_DUMP,
          REMOVE_MEMORY_DUMP,
          BACKUP,
          REDEFINE_CHECKPOINT,
          ADD_VOLUME,
          REMOVE_VOLUME,
          SEV_CERTIFICATES,
          SEV_MEASUREMENT,
          SEV_SESSION,
          SEV_SECRET ->
          Refusal.notBuilt(subresource.verb()).answer();
    };
  }

  private Answer graph() {
    return (gates.get().contains(FeatureGate.OBJECT_GRAPH)
            ? Refusal.notBuilt("objectgraph")
            : Refusal.badRequest(
                "ObjectGraph feature gate not enabled: Unable to return object graph."))
        .answer();
  }
}
