package dev.barevirt.control.subresource;

import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.HttpHandler;
import dev.barevirt.control.http.HttpRequest;
import dev.barevirt.control.http.HttpRequest.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The aggregated API: finds out what a request means, who asks and whether they may, and has it
 * done. A path that means nothing is answered before anybody is asked.
 */
final class SubresourceApi implements HttpHandler {
  private static final Map<String, String> VERBS =
      Map.of("GET", "get", "PUT", "update", "POST", "create", "DELETE", "delete");

  private static final Set<String> PUT_MACHINE = Set.of("start", "stop", "restart");
  private static final Set<String> PUT_INSTANCE =
      Set.of("pause", "unpause", "freeze", "unfreeze", "reset", "softreboot");
  private static final Set<String> GET_INSTANCE =
      Set.of("guestosinfo", "userlist", "filesystemlist", "vnc/screenshot");
  private static final Set<String> STREAM_INSTANCE = Set.of("console", "vnc", "portforward");

  /** What is known and not built yet, of machines. */
  private static final Set<String> LATER_MACHINE =
      Set.of(
          "migrate",
          "addvolume",
          "removevolume",
          "memorydump",
          "removememorydump",
          "expand-spec",
          "objectgraph",
          "evacuate/cancel");

  /** What is known and not built yet, of instances. */
  private static final Set<String> LATER_INSTANCE =
      Set.of(
          "addvolume",
          "removevolume",
          "objectgraph",
          "backup",
          "redefine-checkpoint",
          "evacuate/cancel",
          "usbredir",
          "vsock",
          "sev/fetchcertchain",
          "sev/querylaunchmeasurement",
          "sev/setupsession",
          "sev/injectlaunchsecret");

  private final FrontProxy proxy;
  private final AccessReview review;
  private final Discovery discovery;
  private final MachineVerbs machines;
  private final InstanceVerbs instances;
  private final InstanceStreams streams;

  SubresourceApi(
      FrontProxy proxy,
      AccessReview review,
      Discovery discovery,
      MachineVerbs machines,
      InstanceVerbs instances,
      InstanceStreams streams) {
    this.proxy = proxy;
    this.review = review;
    this.discovery = discovery;
    this.machines = machines;
    this.instances = instances;
    this.streams = streams;
  }

  @Override
  public Answer answer(HttpRequest request) {
    try {
      return switch (SubresourcePath.of(request.path())) {
        case SubresourcePath.Unknown _ -> Refusal.unknownPath().answer();
        case SubresourcePath.Open open ->
            request.method().equals("GET") ? discovery.page(open) : Refusal.wrongMethod().answer();
        case SubresourcePath.InNamespace asked -> authorised(request, asked);
      };
    } catch (RefusedException e) {
      return e.refusal().answer();
    }
  }

  private Answer authorised(HttpRequest request, SubresourcePath.InNamespace asked) {
    if (!isKnown(asked)) {
      return Refusal.unknownPath().answer();
    }
    String verb = VERBS.get(request.method());
    if (verb == null) {
      return Refusal.wrongMethod().answer();
    }
    Optional<Caller> caller = proxy.caller(request);
    if (caller.isEmpty()) {
      return Answer.text(401, "the request does not come from the cluster's API server");
    }
    Access access =
        new Access(
            verb,
            asked.version(),
            asked.namespace(),
            asked.resource(),
            asked.name(),
            asked.subresource());
    return review
        .refusal(caller.get(), access)
        .<Answer>map(reason -> Answer.text(401, reason))
        .orElseGet(() -> done(request, asked));
  }

  private static boolean isKnown(SubresourcePath.InNamespace asked) {
    String verb = asked.subresource();
    return switch (asked.resource()) {
      case "virtualmachines" ->
          PUT_MACHINE.contains(verb) || LATER_MACHINE.contains(verb) || verb.equals("portforward");
      case "virtualmachineinstances" ->
          PUT_INSTANCE.contains(verb)
              || GET_INSTANCE.contains(verb)
              || STREAM_INSTANCE.contains(verb)
              || LATER_INSTANCE.contains(verb);
      case "expand-vm-spec" -> asked.name().isEmpty();
      default -> false;
    };
  }

  private Answer done(HttpRequest request, SubresourcePath.InNamespace asked) {
    String verb = asked.subresource();
    boolean machine = asked.resource().equals("virtualmachines");
    boolean later =
        asked.name().isEmpty()
            || (machine ? LATER_MACHINE.contains(verb) : LATER_INSTANCE.contains(verb));
    if (later) {
      return Refusal.notBuilt(verb.isEmpty() ? asked.resource() : verb).answer();
    }
    Target target =
        new Target(
            machine ? Target.Kind.MACHINE : Target.Kind.INSTANCE, asked.namespace(), asked.name());
    if (STREAM_INSTANCE.contains(verb)) {
      return stream(request, target, asked.verbs());
    }
    String method = GET_INSTANCE.contains(verb) ? "GET" : "PUT";
    if (!request.method().equals(method)) {
      return Refusal.wrongMethod().answer();
    }
    return machine ? machine(request, target, verb) : instance(request, target, verb);
  }

  private Answer stream(HttpRequest request, Target target, List<String> verbs) {
    if (!request.method().equals("GET")) {
      return Refusal.wrongMethod().answer();
    }
    if (request.kind() != Kind.STREAM) {
      return Refusal.badRequest(verbs.getFirst() + " is a stream: ask for it by websocket")
          .answer();
    }
    return switch (verbs.getFirst()) {
      case "console" -> streams.console(target);
      case "vnc" -> streams.vnc(target, request.query());
      default -> streams.portForward(target, verbs.subList(1, verbs.size()));
    };
  }

  private Answer machine(HttpRequest request, Target target, String verb) {
    return switch (verb) {
      case "start" -> machines.start(target, request.body());
      case "stop" -> machines.stop(target, request.body());
      default -> machines.restart(target, request.body());
    };
  }

  private Answer instance(HttpRequest request, Target target, String verb) {
    return switch (verb) {
      case "pause" -> instances.pause(target, request.body());
      case "unpause" -> instances.unpause(target, request.body());
      case "freeze", "unfreeze" -> instances.freeze(target, verb, request.body());
      case "reset" -> instances.reset(target);
      case "softreboot" -> instances.softreboot(target);
      case "vnc/screenshot" -> instances.screenshot(target, request.query());
      default -> instances.guestFacts(target, verb);
    };
  }
}
