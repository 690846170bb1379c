package dev.barevirt.control.subresource;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What can be asked of machines, of instances, and of a namespace itself. */
enum Subresource {
  START(Of.MACHINES, "start", Shape.CHANGE),
  STOP(Of.MACHINES, "stop", Shape.CHANGE),
  RESTART(Of.MACHINES, "restart", Shape.CHANGE),
  EXPANDED_MACHINE(Of.MACHINES, "expand-spec", Shape.READ),
  GRAPH_OF_MACHINE(Of.MACHINES, "objectgraph", Shape.READ),
  EVACUATION_OF_MACHINE(Of.MACHINES, "evacuate/cancel", Shape.CHANGE),
  PORTS_OF_MACHINE(Of.MACHINES, "portforward", Shape.STREAM),
  MIGRATE(Of.MACHINES, "migrate", Shape.NOT_BUILT),
  ADD_VOLUME_TO_MACHINE(Of.MACHINES, "addvolume", Shape.NOT_BUILT),
  REMOVE_VOLUME_FROM_MACHINE(Of.MACHINES, "removevolume", Shape.NOT_BUILT),
  MEMORY_DUMP(Of.MACHINES, "memorydump", Shape.NOT_BUILT),
  REMOVE_MEMORY_DUMP(Of.MACHINES, "removememorydump", Shape.NOT_BUILT),

  CONSOLE(Of.INSTANCES, "console", Shape.STREAM),
  SCREEN(Of.INSTANCES, "vnc", Shape.STREAM),
  SCREENSHOT(Of.INSTANCES, "vnc/screenshot", Shape.READ),
  PORTS(Of.INSTANCES, "portforward", Shape.STREAM),
  USB(Of.INSTANCES, "usbredir", Shape.STREAM),
  VSOCK(Of.INSTANCES, "vsock", Shape.STREAM),
  PAUSE(Of.INSTANCES, "pause", Shape.CHANGE),
  UNPAUSE(Of.INSTANCES, "unpause", Shape.CHANGE),
  FREEZE(Of.INSTANCES, "freeze", Shape.CHANGE),
  UNFREEZE(Of.INSTANCES, "unfreeze", Shape.CHANGE),
  RESET(Of.INSTANCES, "reset", Shape.CHANGE),
  SOFT_REBOOT(Of.INSTANCES, "softreboot", Shape.CHANGE),
  GUEST_INFO(Of.INSTANCES, "guestosinfo", Shape.READ),
  USERS(Of.INSTANCES, "userlist", Shape.READ),
  FILE_SYSTEMS(Of.INSTANCES, "filesystemlist", Shape.READ),
  GRAPH(Of.INSTANCES, "objectgraph", Shape.READ),
  EVACUATION(Of.INSTANCES, "evacuate/cancel", Shape.CHANGE),
  BACKUP(Of.INSTANCES, "backup", Shape.NOT_BUILT),
  REDEFINE_CHECKPOINT(Of.INSTANCES, "redefine-checkpoint", Shape.NOT_BUILT),
  ADD_VOLUME(Of.INSTANCES, "addvolume", Shape.NOT_BUILT),
  REMOVE_VOLUME(Of.INSTANCES, "removevolume", Shape.NOT_BUILT),
  SEV_CERTIFICATES(Of.INSTANCES, "sev/fetchcertchain", Shape.NOT_BUILT),
  SEV_MEASUREMENT(Of.INSTANCES, "sev/querylaunchmeasurement", Shape.NOT_BUILT),
  SEV_SESSION(Of.INSTANCES, "sev/setupsession", Shape.NOT_BUILT),
  SEV_SECRET(Of.INSTANCES, "sev/injectlaunchsecret", Shape.NOT_BUILT),

  EXPANDED_GIVEN(Of.NAMESPACES, "expand-vm-spec", Shape.CHANGE);

  /** What is served although discovery does not list it, as clients are used to. */
  private static final Set<Subresource> UNLISTED =
      EnumSet.of(
          PORTS_OF_MACHINE,
          ADD_VOLUME_TO_MACHINE,
          REMOVE_VOLUME_FROM_MACHINE,
          MEMORY_DUMP,
          REMOVE_MEMORY_DUMP,
          USB,
          VSOCK);

  /** Whose it is. */
  enum Of {
    /** Virtual machines. */
    MACHINES,
    /** Instances. */
    INSTANCES,
    /** Namespaces. */
    NAMESPACES
  }

  /** How it is asked for and answered. */
  enum Shape {
    /** By PUT, with or without a body. */
    CHANGE,
    /** By GET. */
    READ,
    /** By a websocket. */
    STREAM,
    /** By any method, and refused by name. */
    NOT_BUILT
  }

  private final Of of;
  private final String verb;
  private final Shape shape;

  Subresource(Of of, String verb, Shape shape) {
    this.of = of;
    this.verb = verb;
    this.shape = shape;
  }

  /** What a path asks for; nothing when there is no such thing. */
  static Optional<Subresource> of(SubresourcePath.InNamespace asked) {
    String whole =
        asked.name().isEmpty() ? asked.resource() : asked.resource() + "/" + asked.subresource();
    return Arrays.stream(values()).filter(known -> known.wireName().equals(whole)).findFirst();
  }

  /** The word by which it is refused. */
  String verb() {
    return verb;
  }

  Shape shape() {
    return shape;
  }

  /** As discovery and roles name it. */
  String wireName() {
    return switch (of) {
      case MACHINES -> "virtualmachines/" + verb;
      case INSTANCES -> "virtualmachineinstances/" + verb;
      case NAMESPACES -> verb;
    };
  }

  /** The object that a path is about. */
  Target target(SubresourcePath.InNamespace asked) {
    Target.Kind kind = of == Of.INSTANCES ? Target.Kind.INSTANCE : Target.Kind.MACHINE;
    return new Target(kind, asked.namespace(), asked.name());
  }

  /** Whether discovery tells of it. */
  boolean isListed() {
    return !UNLISTED.contains(this);
  }
}
